//! Countries and demonyms in Spanish and English, to ISO 3166 codes.

use super::fold::fold;
use habeas_model::Nationality;

/// Code, then folded words: country, demonyms, plural where English adds more than `s`.
const NATIONS: &[&str] = &[
    "VE venezuela venezolano venezolana venezuelan v",
    "CO colombia colombiano colombiana colombian",
    "ES espana espanol espanola espanoles espanolas spain spanish spaniard hispano",
    "US estados unidos|eeuu|ee uu|estadounidense|norteamericano|norteamericana|united states|us|usa|american|us american",
    "IT italia italiano italiana italy italian italo",
    "PT portugal portugues portuguesa portugueses portuguese luso",
    "AR argentina argentino argentine argentinian",
    "BR brasil brasileno brasilena brazil brazilian brasilero",
    "PE peru peruano peruana peruvian",
    "EC ecuador ecuatoriano ecuatoriana ecuadorian",
    "CL chile chileno chilena chilean",
    "UY uruguay uruguayo uruguaya uruguayan",
    "BO bolivia boliviano boliviana bolivian",
    "PY paraguay paraguayo paraguaya paraguayan",
    "MX mexico mexicano mexicana mexican",
    "CU cuba cubano cubana cuban",
    "PA panama panameno panamena panamanian",
    "NI nicaragua nicaraguense nicaraguan",
    "HN honduras hondureno hondurena honduran",
    "SV el salvador|salvadoreno|salvadorena|salvadoran",
    "GT guatemala guatemalteco guatemalteca guatemalan",
    "CR costa rica|costarricense|costa rican",
    "DO republica dominicana|dominicano|dominicana|dominican",
    "HT haiti haitiano haitiana haitian",
    "GY guyana guyanes guyanesa guyanese",
    "TT trinidad y tobago|trinitario|trinidadian|trinidad and tobago",
    "FR francia frances francesa franceses france french franco",
    "DE alemania aleman alemana alemanes germany german",
    "GB reino unido|britanico|britanica|united kingdom|british|uk|briton",
    "NL paises bajos|holandes|holandesa|netherlands|dutch|neerlandes",
    "PL polonia polaco polaca poland polish",
    "HU hungria hungaro hungara hungary hungarian",
    "CZ chequia checo checa czech czechia",
    "RO rumania rumano rumana romania romanian",
    "UA ucrania ucraniano ucraniana ukraine ukrainian",
    "RU rusia ruso rusa russia russian",
    "BY bielorrusia bielorruso belarus belarusian",
    "CN china chino chinese",
    "CA canada canadiense canadian",
    "LB libano libanes libanesa lebanon lebanese",
    "SY siria sirio siria syria syrian",
    "IR iran irani iranian",
    "IL israel israeli",
    "TR turquia turco turca turkey turkish",
    "IN india indio indian",
    "PK pakistan pakistani",
    "CH suiza suizo switzerland swiss",
    "XA santa aurelia|aureliano|aureliana|aurelian",
];

/// The nationality that one word or country name gives.
#[must_use]
pub fn nation(word: &str) -> Option<Nationality> {
    let folded = fold(word);
    if ["foreign", "foreigner", "foreigners", "extranjero", "extranjera", "extranjeros", "e"]
        .contains(&folded.as_str())
    {
        return Some(Nationality::Foreign);
    }
    let code = word.trim();
    if code.len() == 2 && code.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return code.parse().ok();
    }
    let alike = |known: &str| known == folded || folded.strip_suffix('s') == Some(known);
    NATIONS.iter().find_map(|line| {
        let (code, words) = line.split_once(' ')?;
        let mark = if words.contains('|') { '|' } else { ' ' };
        words
            .split(mark)
            .any(|known| !folded.is_empty() && alike(known))
            .then(|| code.parse().ok())?
    })
}

/// All nationalities of a cell: `venezolano / español`, `Spanish-Venezuelan`; none if a part is
/// unknown.
#[must_use]
pub fn nations(text: &str) -> Vec<Nationality> {
    if let Some(one) = nation(text) {
        return vec![one];
    }
    let spaced = text.replace(" y ", "/").replace(" and ", "/");
    let parts = spaced.split(['/', '-', ',', ';', '+']).map(nation);
    parts.collect::<Option<Vec<_>>>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let codes: Vec<String> = nations(text).iter().map(ToString::to_string).collect();
        assert_eq!(codes.join(" "), expected, "{text}");
    }

    #[test]
    fn nationalities() {
        check("Venezolana", "VE");
        check("VE", "VE");
        check("español", "ES");
        check("Spaniards", "ES");
        check("EE.UU.", "US");
        check("U.S.", "");
        check("Estados Unidos", "US");
        check("Spanish-Venezuelan", "ES VE");
        check("colombiano / italiano", "CO IT");
        check("extranjero", "foreign");
        check("de lejos", "");
        check("", "");
    }
}
