//! `publish`: what the public would be told, or the files that tell it.

use crate::{arguments::Arguments, door, publishing::Publish};
use anyhow::Result;
use habeas_desk::{
    Question, ask,
    publish::{self, Pdf},
};
use habeas_page::{publication::sheet, terminal};
use jiff::Timestamp;

/// `habeas publish CASE`.
pub fn publish(arguments: &Arguments, asked: &Publish) -> Result<u8> {
    let question = Question { as_of: asked.as_of, known_by: None, rule: asked.rule.clone() };
    let Some(folder) = &asked.out else {
        let case = door::look(arguments, &asked.case)?;
        let reader = door::reader(arguments, Some(&case));
        let scene = case.scene(&question)?;
        let draft = publish::draft(&case, &scene, &ask::board::Answer::of(&scene))?;
        match asked.json {
            true => door::print_json(&sheet::json(&draft.publication))?,
            false => door::print(&terminal::publication(&draft.publication, &reader))?,
        }
        return Ok(door::DONE);
    };
    let said = [&asked.consent, &asked.minors, &asked.sources, &asked.families];
    let answers = publish::answers(said.map(Option::as_deref))?;
    let mut case = door::open(arguments, &asked.case)?;
    let reader = door::reader(arguments, Some(&case));
    let scene = case.scene(&question)?;
    let draft = publish::draft(&case, &scene, &ask::board::Answer::of(&scene))?;
    let made = draft.make(Timestamp::now())?;
    let mut writer = case.writer()?;
    let answered = (answers, asked.note.as_str());
    let written = publish::give(&mut case, &mut writer, &draft, &made, answered, folder)?;
    for path in written {
        door::tell(&terminal::wrote(&path, &reader));
    }
    if made.pdf == Pdf::NoBrowser {
        door::tell(&terminal::word("publish-no-pdf", reader.lang));
    }
    Ok(door::DONE)
}
