//! The published tables that estimates are held against, by name: cells, or people on lists.

macro_rules! tables {
    ($($name:literal),*) => {
        pub const TABLES: &[(&str, &str)] = &[$(($name, include_str!(concat!($name, ".csv")))),*];
    };
}
tables![
    "artificial_3",
    "congenital_massachusetts",
    "diabetes_casale",
    "hav_taiwan",
    "hiv_rome",
    "kosovo_1999",
    "ned_5",
    "ph_caloocan_police",
    "ph_caloocan_unidentified",
    "ph_manila_police",
    "ph_manila_unidentified",
    "ph_quezon_police",
    "ph_quezon_unidentified",
    "sim_covariates_N3000",
    "spina_bifida_ny",
    "ukdat",
    "ukdat_5"
];
