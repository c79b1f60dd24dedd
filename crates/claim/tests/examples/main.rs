//! What the reader makes of passages written for one rule each. Every detainee in them is invented.

mod fields;
mod figures;
mod frames;
mod persons;
mod said;
mod scope;
mod verbs;

use habeas_claim::{Context, ListSettings, wire};
use habeas_document::{Asked, Body};
use habeas_model::Disclosure;
use serde_json::Value;

/// The claims of one text, published on 5 March 2026 (a Thursday).
fn read(lang: &str, text: &str) -> Vec<Value> {
    let line =
        serde_json::json!({"id": "t", "lang": lang, "published": "2026-03-05", "text": text});
    let asked = Asked { name: "set.jsonl".to_owned(), ..Asked::default() };
    let documents = habeas_document::open(line.to_string().as_bytes(), &asked).expect("a text");
    let Body::Text(text) = &documents[0].body else { panic!("no text") };
    let context = Context {
        published: documents[0].published.as_ref().and_then(|dated| dated.when.last()),
        outlet: None,
        url: None,
        lang: documents[0].lang.clone(),
        country: None,
        list: ListSettings::default(),
        disclosure: Disclosure::Restricted,
    };
    let reading = habeas_claim::read(&documents[0], &context);
    let line = wire::reading("t", &documents[0].blob, None, &reading, Some(&text.content));
    line["claims"].as_array().expect("claims").clone()
}

/// `predicate number` of a claim and what it says under `key`: `released 12 nat=ES`.
fn told(claim: &Value, key: &str) -> String {
    let bounds = &claim["quantity"];
    let number = bounds["lower"].as_u64().or(bounds["upper"].as_u64());
    let number = number.map_or(String::new(), |number| format!(" {number}"));
    let value = match key {
        "nat" | "cat" | "place" => &claim["population"][key],
        "event" | "as_of" | "since" | "said" => &claim["time"][key],
        "scope" => &claim["scope"]["sc"],
        "whole" if claim["part_of"].is_u64() => &claim["part_of"],
        "whole" => &claim["of_total"]["lower"],
        "speaker" => return format!("{}{number} by {}", predicate(claim), speakers(claim)),
        key => &claim[key],
    };
    let value = match value {
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("+"),
        Value::String(one) => one.clone(),
        Value::Null => "-".to_owned(),
        other => other.to_string(),
    };
    format!("{}{number} {key}={value}", predicate(claim))
}

fn predicate(claim: &Value) -> &str {
    claim["predicate"].as_str().unwrap_or("?")
}

/// `AP < Ministry`: the chain without the outlet.
fn speakers(claim: &Value) -> String {
    let chain = claim["speaker_chain"].as_array().expect("a chain");
    let names = chain[1..].iter().filter_map(|speaker| speaker["name"].as_str());
    names.collect::<Vec<_>>().join(" < ")
}

#[track_caller]
fn check(lang: &str, text: &str, key: &str, expected: &[&str]) {
    let found: Vec<String> = read(lang, text).iter().map(|claim| told(claim, key)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn people_are_of_whose_they_are() {
    let own = "Valdoria's army said that 31 of its soldiers had been freed.";
    check("en", own, "nat", &["released 31 nat=XB"]);
    let home = "Portugal recuperó también a tres ciudadanos en Santa Aurelia.";
    check("es", home, "nat", &["released 3 nat=PT"]);
    let of = "At least six permanent residents of Canada were arrested in Santa Aurelia.";
    check("en", of, "nat", &["arrested 6 nat=CA"]);
    let jails = "On Monday 90 people walked out of Valdorian jails.";
    check("en", jails, "nat", &["released 90 nat=-"]);
    let two = "El hispanovenezolano Ramiro Alcedo Pinzón fue liberado el martes.";
    check("es", two, "nat", &["released 1 nat=ES+VE"]);
    let all = "Entre los liberados están los chilenos Ana Montesdeoca y Luis Requejo.";
    check("es", all, "nat", &["released 1 nat=CL", "released 1 nat=CL"]);
    let first = "It was the first release of Valdorian citizens since the vote.";
    check("en", first, "nat", &["first_known nat=XB"]);
}

#[test]
fn members_are_what_their_body_is() {
    let party = "The opposition Sowers Party said that 14 of its members had been arrested.";
    check("en", party, "cat", &["arrested 14 cat=opposition"]);
    let union = "El sindicato de panaderos denunció que nueve de sus afiliados fueron detenidos.";
    check("es", union, "cat", &["arrested 9 cat=unionist"]);
    let other = "The minister said that 12 of his deputies had been arrested.";
    check("en", other, "cat", &["arrested 12 cat=-"]);
}

#[test]
fn who_is_counted_goes_on() {
    let again = "Police arrested 40 protesters, two nurses and a Pole. All 40 were released.";
    let expected =
        ["arrested 40 cat=protester", "arrested 2 cat=health_worker", "arrested 1 cat=-"];
    let mut expected = expected.to_vec();
    expected.push("released 40 cat=protester");
    check("en", again, "cat", &expected);
    let own = "Vigilia freed no count, but 50 journalists were arrested, Vigilia said. The ministry raised its own total to 61.";
    check("en", own, "cat", &["arrested 50 cat=journalist", "arrested 61 cat=-"]);
    let share = "Hay 80 periodistas detenidos. Una cuarta parte de los 80 ha sido condenada.";
    check("es", share, "cat", &["held 80 cat=journalist", "sentenced 20 cat=journalist"]);
    let cases =
        "Salieron 90 reclusos.\n\nLa red documentó, uno por uno, 41 casos de presos políticos.";
    check("es", cases, "cat", &["released 90 cat=-", "released 41 cat=political_prisoner"]);
    let silent = "The ministry did not say how many journalists were freed.";
    check("en", silent, "cat", &["number_withheld cat=journalist"]);
}

#[test]
fn each_number_has_its_own_day() {
    let two = "One teacher was freed on Monday and four others the following day.";
    check("en", two, "event", &["released 1 event=2026-03-02", "released 4 event=2026-03-03"]);
    let months = "Hubo 40 arrestos en enero, frente a 31 en diciembre.";
    check("es", months, "event", &["arrested 40 event=2026-01", "arrested 31 event=2025-12"]);
    let eve = "El martes fueron liberados 12 presos. La víspera habían salido nueve presos.";
    check("es", eve, "event", &["released 12 event=2026-03-03", "released 9 event=2026-03-02"]);
    let said = "El alcalde confirmó el martes que 12 presos salieron de la cárcel el lunes.";
    check("es", said, "event", &["released 12 event=2026-03-02"]);
    let feast = "Police detained 70 people on May Day.";
    check("en", feast, "event", &["arrested 70 event=2025-05-01"]);
    let old = "El 10 de marzo de 2025 liberaron a 90 presos: 60 en enero y 30 en febrero.";
    let expected = ["released 60 event=2025-01", "released 30 event=2025-02"];
    assert_eq!(
        read("es", old)[1..].iter().map(|one| told(one, "event")).collect::<Vec<_>>(),
        expected
    );
}

#[test]
fn the_day_of_the_news_goes_on() {
    let news = "Valdoria and Santa Aurelia swapped captives on Tuesday.\n\nThe army said that 40 soldiers came back.";
    check("en", news, "event", &["exchanged 40 event=2026-03-03"]);
    let next = "Twenty men were moved to Punta Brava on Sunday. Two died on the way.";
    check("en", next, "event", &["transferred 20 event=2026-03-01", "died 2 event=2026-03-01"]);
    let post = "\"We have verified 31 releases today\", the group posted on 1 March.";
    check("en", post, "event", &["released 31 event=2026-03-01"]);
    let began = "The army began emptying cells on Sunday.";
    check("en", began, "event", &["release_process_started event=2026-03-01"]);
}

#[test]
fn a_moment_is_the_one_it_is_told_for() {
    let perfect = "More than 90 prisoners have been released.";
    check("en", perfect, "as_of", &["released 91 as_of=2026-03-05"]);
    let none = "Ninguno obtuvo la libertad plena.";
    check("es", none, "as_of", &["full_freedom 0 as_of=2026-03-05"]);
    let noun = "La red sostiene que siguen presos 54 vecinos por las protestas de julio de 2021.";
    check("es", noun, "as_of", &["held 54 as_of=2026-03-05"]);
    let other = "The panel said 17 of the 52 activists arrested in January remain in custody.";
    assert_eq!(told(&read("en", other)[0], "as_of"), "held 17 as_of=2026-03-05");
    let close = "La red contaba 54 presos al cierre de enero.";
    check("es", close, "as_of", &["held 54 as_of=2026-01-31"]);
    let report =
        "La red Ancla eleva a 310 los arrestos. El balance, con fecha del lunes, no da nombres.";
    assert_eq!(told(&read("es", report)[0], "as_of"), "arrested 310 as_of=2026-03-02");
}

#[test]
fn who_says_so_stands_behind_commas_and_titles() {
    let head = "Ayer salieron 24 presos, confirmó el director de Vigilia Abierta, Ramiro Alcedo.";
    check("es", head, "speaker", &["released 24 by Ramiro Alcedo"]);
    let exile = "Desde el exilio, la red Ancla confirmó ese día 20 arrestos.";
    check("es", exile, "speaker", &["arrested 20 by Ancla"]);
    let post =
        "Forty men were let out, Mayor Tomas Rell said in a post in which he thanked nobody.";
    check("en", post, "speaker", &["released 40 by Tomas Rell"]);
    let least = "On Sunday, Port Watch had registered at least 35 releases.";
    check("en", least, "speaker", &["released 35 by Port Watch"]);
    let noon = "By noon, his lawyer said, 12 men had been moved to Punta Brava.";
    check("en", noon, "speaker", &["transferred 12 by lawyer"]);
    let told = "Police have detained 90 people, Mayor Tomas Rell told reporters in Port Sorrel.";
    check("en", told, "speaker", &["arrested 90 by Tomas Rell"]);
    let view = "For the mission, those freed are 15.";
    check("en", view, "speaker", &["released 15 by mission"]);
}

#[test]
fn who_is_behind_who_says_so() {
    let quoting = "Radio Costa, quoting a prison source, reported 12 releases.";
    check("en", quoting, "speaker", &["released 12 by Radio Costa < prison source"]);
    let citing = "Citing the Red Cross, the army said seven men had been freed.";
    check("en", citing, "speaker", &["released 7 by army < Red Cross"]);
    let denies = "Port Sorrel, which denies everything, had let 14 people out in June.";
    check("en", denies, "speaker", &["released 14 by "]);
    let head = "Vecinos que acudieron a organismos internacionales hablan de 30 reos muertos.";
    check("es", head, "speaker", &["died 30 by Vecinos"]);
}

#[test]
fn who_is_meant_by_a_common_noun() {
    let court =
        "Vigilia Abierta lo sabe. El Tribunal Supremo calla. La organización contó 12 arrestos.";
    check("es", court, "speaker", &["arrested 12 by Vigilia Abierta"]);
    let ngo = "Un dato de Vigilia Abierta: 90 arrestos. Después la ONG habló de 95.";
    assert_eq!(told(&read("es", ngo)[1], "speaker"), "arrested 95 by Vigilia Abierta");
    let place = "Two priests were detained in Port Sorrel, the diocese said.";
    check("en", place, "speaker", &["arrested 2 by diocese"]);
    let silent = "El alcalde Tomás Rell prometió que liberarán a 150 presos. No dio nombres.";
    let last = read("es", silent).pop().expect("a claim");
    assert_eq!(told(&last, "speaker"), "identity_withheld by Tomás Rell");
    let plan = "Dicen familiares que 40 huyeron. Valdoria prevé liberar a 40 presos.";
    let last = read("es", plan).pop().expect("a claim");
    assert_eq!(told(&last, "speaker"), "released 40 by Valdoria");
    let letter = "We, the relatives of the dockers, ask for their release. Forty men are in prison.\n\nInes Calder, sister. Port Sorrel.";
    assert_eq!(speakers(&read("en", letter)[0]), "Ines Calder");
}

#[test]
fn parts_have_their_whole() {
    let colon = "Vigilia Abierta has verified 31 releases: 22 at Punta Brava, 9 at Cerro Hondo.";
    check(
        "en",
        colon,
        "whole",
        &["released 31 whole=-", "released 22 whole=31", "released 9 whole=31"],
    );
    let sum =
        "The service says 34 people were released, 21 from Punta Brava and 13 from Cerro Hondo.";
    check(
        "en",
        sum,
        "whole",
        &["released 34 whole=-", "released 21 whole=34", "released 13 whole=34"],
    );
    let those = "Valdoria let 40 prisoners go. Of those, 12 are journalists and nine are lawyers. The other 19 were not named.";
    let found: Vec<String> = read("en", those).iter().map(|one| told(one, "whole")).collect();
    assert_eq!(found[..3], ["released 40 whole=-", "released 12 whole=40", "released 9 whole=40"]);
    let nested = "Son 27 hombres y seis mujeres los expulsados, cinco de ellas periodistas.";
    let last = read("es", nested).pop().expect("a claim");
    assert_eq!(told(&last, "whole"), "deported 5 whole=6");
    let of =
        "Officials said that of the 300 migrants detained since January, 45 have been deported.";
    assert_eq!(told(&read("en", of)[1], "whole"), "deported 45 whole=300");
    let among = "Un total de 97 personas han sido excarceladas, de un estimado de 400 presos. Entre ellas hay cuatro chilenos.";
    let last = read("es", among).pop().expect("a claim");
    assert_eq!(told(&last, "whole"), "released 4 whole=97");
    let two = "Two Irish priests and a Chilean nurse were detained on Tuesday.";
    check("en", two, "whole", &["arrested 2 whole=-", "arrested 1 whole=-"]);
}

#[test]
fn a_number_alone_is_of_those_just_counted() {
    let day = "Vigilia counted 30 people freed so far today. Twelve left Cerro Hondo prison.";
    check("en", day, "scope", &["released 30 scope=day", "released 12 scope=day"]);
    let spanish = "Vigilia contaba 30 liberados en lo que va de día. Doce salieron de Cerro Hondo.";
    check("es", spanish, "whole", &["released 30 whole=-", "released 12 whole=30"]);
    let more = "Vigilia contaba 30 liberados en lo que va de día. Cuarenta salieron en enero.";
    check("es", more, "whole", &["released 30 whole=-", "released 40 whole=-"]);
    let way = "Fueron trasladados 22 presos el domingo. Dos murieron en el camino.";
    check("es", way, "whole", &["transferred 22 whole=-", "died 2 whole=22"]);
    let other = "Port Watch counted 90 arrests. Twelve were freed, the ministry said.";
    check("en", other, "whole", &["arrested 90 whole=-", "released 12 whole=-"]);
}

#[test]
fn persons_of_finite_phrases_and_pronouns() {
    let two = "La periodista Dafne Requejo y el poeta Celso Pinzón fueron detenidos el viernes.";
    check(
        "es",
        two,
        "person",
        &["arrested 1 person=Dafne Requejo", "arrested 1 person=Celso Pinzón"],
    );
    let still = "El párroco Ramiro Alcedo sigue preso.";
    check("es", still, "person", &["held 1 person=Ramiro Alcedo"]);
    let bodies = "Luis Requejo of Frente Libre and Ana Pinzón of Voz Común were let go.";
    check(
        "en",
        bodies,
        "person",
        &["released 1 person=Luis Requejo", "released 1 person=Ana Pinzón"],
    );
    let him = "Luis Requejo was freed on Monday. Armed men abducted him on Tuesday.";
    check(
        "en",
        him,
        "person",
        &["released 1 person=Luis Requejo", "arrested 1 person=Luis Requejo"],
    );
    let one = "Ana Pinzón, a nurse, was one of 22 people rounded up on Monday.";
    check("en", one, "person", &["arrested 1 person=Ana Pinzón", "arrested 22 person=-"]);
    let subject = "Tomas Rell had pardoned 90 convicts.";
    check("en", subject, "person", &["pardoned 90 person=-"]);
    let named = "Ana Pinzón, Luis Requejo and Eva Sol are in prison. They are three of them.";
    assert_eq!(read("en", named).len(), 3);
    let age = "The roll has 162 people in prison, four of them under 18.";
    check("en", age, "whole", &["held 162 whole=-", "held 4 whole=162"]);
}

#[test]
fn denials_and_promises_of_persons_and_of_nobody() {
    let freed = "Luis Requejo salió de la cárcel el lunes. \"No lo liberaron\", dijo su hermana.";
    let last = read("es", freed).pop().expect("a claim");
    assert_eq!(
        (told(&last, "kind"), told(&last, "person")),
        ("released 1 kind=denial".into(), "released 1 person=Luis Requejo".into())
    );
    let label = "Luis Requejo was never a political prisoner, the minister said.";
    check("en", label, "kind", &["held 1 kind=denial"]);
    let none = "El presidente aseguró que los capturados no saldrán libres.";
    check("es", none, "kind", &["released 0 kind=promise"]);
}

#[test]
fn where_is_not_whence_they_come() {
    let list = "Two Irish priests and a Chilean nurse were detained on Tuesday at the airport in Port Sorrel.";
    check("en", list, "place", &["arrested 2 place=Port Sorrel", "arrested 1 place=Port Sorrel"]);
    let counted =
        "Noventa personas han sido excarceladas. Entre ellas hay cuatro españoles y un uruguayo.";
    let found: Vec<String> = read("es", counted).iter().map(|one| told(one, "place")).collect();
    assert_eq!(found, ["released 90 place=-", "released 4 place=-", "released 1 place=-"]);
    let months =
        "El poeta Luis Requejo fue liberado el martes tras 14 meses en la cárcel de Punta Brava.";
    check("es", months, "place", &["released 1 place=Punta Brava"]);
    let since = "El domingo salieron nueve presos y 96 han salido desde el 8 de enero.";
    check("es", since, "scope", &["released 9 scope=event", "released 96 scope=cum"]);
}

#[test]
fn a_batch_of_a_month_is_no_running_total() {
    let july = "In July 2025 Valdoria freed ten teachers.";
    check("en", july, "scope", &["released 10 scope=event"]);
    let deaths = "Police arrested 361 people in July 2025.";
    check("en", deaths, "scope", &["arrested 361 scope=cum"]);
    let exile = "Desde el exilio, la red Ancla contó 20 liberaciones.";
    check("es", exile, "scope", &["released 20 scope=event"]);
    let eighty = "La red cifraba en más de ochenta los extranjeros presos.";
    assert_eq!(read("es", eighty)[0]["quantity"]["mode"], "more_than");
}

#[test]
fn who_is_there_is_not_therefore_held() {
    let gone = "Según Vigilia, hay 177 presos políticos. Hay 5 personas desaparecidas.";
    check("es", gone, "nat", &["held 177 nat=-", "missing 5 nat=-"]);
}

/// What befalls people is said in many words: each of them is known in both languages.
#[test]
fn people_are_taken_held_and_let_go_in_many_words() {
    let taken =
        "Soldiers bundled nobody into vans, but 14 cyclists were hauled in for curfew breaches.";
    check("en", taken, "scope", &["arrested 14 scope=event"]);
    let home = "Six bakers had gone home by noon, and nine clerks were under lock and key.";
    check("en", home, "scope", &["released 6 scope=event", "held 9 scope=stock"]);
    let lost = "Relatives of at least 12 miners have no information on their whereabouts.";
    check("en", lost, "scope", &["missing 12 scope=stock"]);
    let tried =
        "El tribunal absolvió a cuatro marineros y envió a prisión preventiva a siete choferes.";
    check("es", tried, "scope", &["full_freedom 4 scope=event", "charged 7 scope=event"]);
    let home =
        "Tres panaderos ya están en casa y cinco taxistas quedaron con prisión domiciliaria.";
    check("es", home, "scope", &["released 3 scope=event", "house_arrest 5 scope=stock"]);
}

/// A country that no list has is known by what the text says of it.
#[test]
fn an_unknown_country_is_introduced_by_its_text() {
    let owner = "Ostmark's interior ministry said 12 people were arrested. Nine were freed.";
    check("en", owner, "place", &["arrested 12 place=Ostmark", "released 9 place=Ostmark"]);
    let of = "El Gobierno de Marisma liberó a 30 presos.";
    check("es", of, "place", &["released 30 place=Marisma"]);
    let known = "The government of Valdoria freed 30 prisoners.";
    check("en", known, "place", &["released 30 place=XB"]);
    let prison = "El ministro de Justicia de Valdoria dijo que 12 presos salieron de Las Breñas.";
    check("es", prison, "place", &["released 12 place=Las Breñas"]);
    let left = "Seven detainees left Mallow Road on Tuesday.";
    check("en", left, "place", &["released 7 place=Mallow Road"]);
    let town = "Police in Farley arrested six men. The minister of Justice said two were hurt.";
    check("en", town, "place", &["arrested 6 place=Farley", "injured 2 place=Farley"]);
}

/// A body is known by the shape of its name, and who said it by the shape of the sentence.
#[test]
fn speakers_that_no_list_has() {
    let owner = "The Weavers' Circle said 12 people were arrested. It added that two were freed.";
    let circle = "Weavers' Circle";
    let expected = [format!("arrested 12 by {circle}"), format!("released 2 by {circle}")];
    check("en", owner, "speaker", &expected.each_ref().map(String::as_str));
    let seat = "El ministro para la Paz, Ramiro Celis, dijo que salieron 12 presos.";
    check("es", seat, "speaker", &["released 12 by Ramiro Celis"]);
    let against = "El Comité contra la Tortura informó que hay 12 presos.";
    check("es", against, "speaker", &["held 12 by Comité contra la Tortura"]);
    let aside = "Tres presos murieron y, según la Asociación Puente, 20 resultaron heridos.";
    check("es", aside, "speaker", &["died 3 by ", "injured 20 by Asociación Puente"]);
}

/// The lines of a bulletin: a heading, items with labels, a number of another time beside it.
#[test]
fn a_bulletin_heads_its_lines() {
    let text = "Watch. Week 9: 23 to 28 February 2026\n\nHeld on Saturday: 60 (58 a week earlier)\n- men: 45\n- women: 15\n\nBy place: Old Mill 40; Bridge Road 20.\n\nNew arrests: 12, of them four clerks.";
    let expected = ["held 60 whole=-", "held 58 whole=-", "held 45 whole=60", "held 15 whole=60"];
    let mut expected = expected.to_vec();
    expected.extend(["held 40 whole=60", "held 20 whole=60"]);
    expected.extend(["arrested 12 whole=-", "arrested 4 whole=12"]);
    check("en", text, "whole", &expected);
    let since = "Since 1 January: 39 arrests.";
    check("en", since, "since", &["arrested 39 since=2026-01-01"]);
}

/// What will be done with people of whom no number is told is a promise; who is meant is said.
#[test]
fn promises_without_a_number() {
    let all = "The minister said that all foreigners would be freed.";
    check("en", all, "kind", &["released kind=promise"]);
    let those = "The minister said that those not charged will be home by Friday.";
    check("en", those, "kind", &["released 2 kind=promise"]);
    let feast = "The minister said that those entitled to it would be home by Christmas.";
    check("en", feast, "event", &["released 2 event=..2026-12-25"]);
    let other = "Thirty-one deputies walked out of the debate.";
    check("en", other, "kind", &[]);
    let noun = "They welcomed the release on Monday of the organist, Ira Fell.";
    check("en", noun, "person", &["released 1 person=Ira Fell"]);
    let asked = "They called for the release of the organist, Ira Fell.";
    check("en", asked, "kind", &["demand kind=other"]);
}

/// Who is named after what befell them, with a place or a day between; a prison is nobody.
#[test]
fn who_is_named_after_the_verb() {
    let list = "Fueron detenidos ayer en esta ciudad el concejal Ciro Lobo y la maestra Ana Rey.";
    check("es", list, "person", &["arrested 1 person=Ciro Lobo", "arrested 1 person=Ana Rey"]);
    let copula = "Those cleared are Ned Hale and Tom Orr.";
    let expected = ["full_freedom 1 person=Ned Hale", "full_freedom 1 person=Tom Orr"];
    check("en", copula, "person", &expected);
    let prison = "Cinco presos siguen en la cárcel de Peña Honda.";
    check("es", prison, "place", &["held 5 place=Peña Honda"]);
    let brings = "That brings to 31 the number of islanders convicted since 2019.";
    check("en", brings, "kind", &["sentenced 31 kind=count"]);
    let still = "El capitán Luis Rey sigue en la cárcel de Peña Honda.";
    check("es", still, "person", &["held 1 person=Luis Rey"]);
    let both = "The group named Ned Hale and Tom Orr, both held at Old Mill.";
    check("en", both, "person", &["held 1 person=Ned Hale", "held 1 person=Tom Orr"]);
}

/// A later figure replaces an older one of the same measure; two closed stretches are two measures.
#[test]
fn which_figure_replaces_which() {
    let key = "superseded_in_same_document";
    let months = "Marsh Watch said that 40 people were arrested in February, against 52 arrested in January.";
    check("en", months, key, &[&format!("arrested 40 {key}=-"), &format!("arrested 52 {key}=-")]);
    let hour = "El Comité Puente dijo: hasta esta hora fueron liberados 12 presos.";
    check("es", hour, "scope", &["released 12 scope=day"]);
}

#[test]
fn persons_in_the_ways_of_news() {
    let one = |lang, text, expected| check(lang, text, "person", &[expected]);
    one("en", "BREAKING: Ned Hale freed.", "released 1 person=Ned Hale");
    one("en", "Ned Hale died in a cell at Old Mill.", "died 1 person=Ned Hale");
    one("en", "Police have arrested the lawyer Ned Hale.", "arrested 1 person=Ned Hale");
    one("en", "Ned Hale's arrest drew protests.", "arrested 1 person=Ned Hale");
    one("en", "The whereabouts of Ned Hale are unknown.", "missing 1 person=Ned Hale");
    one("en", "There has been no news of Ned Hale since May.", "missing 1 person=Ned Hale");
    one("en", "Ned Hale got nine years in prison.", "sentenced 1 person=Ned Hale");
    one("en", "Ned Hale received a nine-year sentence.", "sentenced 1 person=Ned Hale");
    one("es", "Ciro Lobo recibió nueve años de cárcel.", "sentenced 1 person=Ciro Lobo");
    one("es", "Ciro Lobo cayó preso.", "arrested 1 person=Ciro Lobo");
    one("es", "Ciro Lobo se encuentra detenido en Peña Honda.", "held 1 person=Ciro Lobo");
    let since = "Ned Hale, held since May, was moved to Old Mill.";
    check("en", since, "person", &["held 1 person=Ned Hale", "transferred 1 person=Ned Hale"]);
    let others = "Ned Hale and 11 others were freed.";
    check("en", others, "person", &["released 1 person=Ned Hale", "released 11 person=-"]);
    let colon = "Two men were freed on Monday: Ned Hale and Tom Orr.";
    let expected =
        ["released 2 person=-", "released 1 person=Ned Hale", "released 1 person=Tom Orr"];
    check("en", colon, "person", &expected);
    // Nobody says that these were done.
    check("en", "The group asked for Ned Hale's release.", "person", &["demand person=-"]);
    check("en", "Ned Hale freed 12 birds.", "person", &[]);
}

#[test]
fn courts_and_borders_in_many_words() {
    let one = |lang, text, expected| check(lang, text, "kind", &[expected]);
    one("en", "Prosecutors filed charges against 12 miners.", "charged 12 kind=count");
    one("en", "Twelve students appeared before a magistrate.", "charged 12 kind=count");
    one("en", "Twelve fishermen were handed five-year terms.", "sentenced 12 kind=count");
    one("en", "A decree commuted the sentences of 412 inmates.", "pardoned 412 kind=count");
    one("en", "Twelve clergymen were put on a flight abroad.", "deported 12 kind=count");
    one("en", "Nothing has been heard of 31 men since the raid.", "missing 31 kind=count");
    one("es", "Doce mineros comparecieron ante el juez.", "charged 12 kind=count");
    one("es", "Dictó condena contra 12 maestros.", "sentenced 12 kind=count");
    one("es", "Doce opositores fueron enviados al exilio.", "deported 12 kind=count");
    one("es", "Cayeron presos 12 estudiantes.", "arrested 12 kind=count");
}
