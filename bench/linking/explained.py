#!/usr/bin/env python3
"""Ten merges and ten refusals explained: explained.py HABEAS [FOLDER]. Prints a Markdown table.

Twenty invented pairs stand among 5,000 generated records (gen_es.py, whose column person_id is hidden), from which the engine learns;
`habeas link --explain --json` then says of each pair what every part weighs. Nobody bears these names and numbers."""
import csv, json, os, subprocess, sys, tempfile
HERE = os.path.dirname(os.path.abspath(__file__))
HEADINGS = "given surname1 surname2 sex dob cedula state arrest_date".split()
# What is shown; whether they should be one person; the two rows.
PAIRS = [
    ("copied, accents lost", True, "Yorman Andrés|Villasmil|Ocanto|m|1991-05-17|20317455|ZULIA|2025-03-09", "YORMAN ANDRES|VILLASMIL|OCANTO|m|1991-05-17|20317455|ZULIA|2025-03-09"),
    ("second surname and second given name left out", True, "Yusmary Coromoto|Belandria|Quintana|f|1984-11-02|16422981|MERIDA|2024-08-01", "Yusmary|Belandria||f|1984-11-02|16422981|MERIDA|"),
    ("spelt as heard, no number", True, "Gilberto|Vivas|Zambrano|m|1979-02-25||TACHIRA|2024-07-30", "Jilberto|Bibas|Sambrano|m|1979-02-25||TACHIRA|2024-07-30"),
    ("short form of the given name", True, "Francisco|Urdaneta|Pirela|m|1966-09-14|8699120|ZULIA|2025-01-10", "Pancho|Urdaneta||m|1966-09-14||ZULIA|2025-01-10"),
    ("surnames in the other order", True, "Nohelia|Escalona|Figueredo|f|1988-04-30|18560317|LARA|2024-11-20", "Nohelia|Figueredo|Escalona|f|1988-04-30|18560317|LARA|2024-11-21"),
    ("given name and surname in each other's column", True, "Elías|Montilla||m|1995-12-08|25104836|TRUJILLO|2025-02-02", "Montilla|Elías||m|1995-12-08|25104836|TRUJILLO|2025-02-02"),
    ("two digits of the number swapped", True, "Hernán José|Quijada|Lárez|m|1973-06-19|12344871|SUCRE|2024-09-15", "Hernan Jose|Quijada|Larez|m|1973-06-19|12348471|SUCRE|2024-09-15"),
    ("day and month swapped, a letter wrong", True, "Adela|Oropeza|Camejo|f|1990-03-07||COJEDES|2025-05-01", "Adela|Oropesa|Camejo|f|1990-07-03||COJEDES|2025-05-01"),
    ("initial, particle left out", True, "José Gregorio|De la Rosa|Infante|m|1982-10-10|15733098|GUARICO|2024-08-12", "José G.|Rosa|Infante|m|1982-10-10||GUARICO|2024-08-12"),
    ("rare names, nothing else", True, "Wuilfredo|Chirguita|Tarazona|m||||", "Wilfredo|Chirguita|Tarazona|m||||"),
    ("brothers arrested together", False, "Ciro|Paradas|Lugo|m|1994-01-22|23880114|FALCON|2024-07-31", "Milo|Paradas|Lugo|m|1997-08-03|26011927|FALCON|2024-07-31"),
    ("twins, numbers given out together", False, "Octavio|Urquiola|Zafra|m|1999-04-04|27450318|APURE|2024-07-29", "Ramiro|Urquiola|Zafra|m|1999-04-04|27450319|APURE|2024-07-29"),
    ("father and son of one name", False, "Ramón|Chacín|Petit|m|1951-06-11|3874120|MONAGAS|2024-10-03", "Ramón|Chacín|Petit|m|1981-02-20|15021773|MONAGAS|2024-10-03"),
    ("one common name, nothing else", False, "José|García||m||||", "José|García||m||||"),
    ("one common name, other dates of birth", False, "María|González|Pérez|f|1970-05-05||MIRANDA|", "María|González|Pérez|f|1992-09-17||MIRANDA|"),
    ("one number typed for two people", False, "Adela|Belandria|Toro|f|1970-07-30|9111222|LARA|2025-01-04", "Gonzalo|Prado|Escandón|m|1986-02-13|9111222|BOLIVAR|2024-12-20"),
    ("mother and daughter", False, "Carmen|Salazar|Rivas|f|1958-03-03|5120449|SUCRE|2024-08-05", "Carmen|Rivas|Mota|f|1985-10-26|17333902|SUCRE|2024-08-05"),
    ("same place, day and surname", False, "Luis|Rodríguez|Mejía|m|1990-01-15||CARABOBO|2024-07-30", "Pedro|Rodríguez|Salas|m|1993-12-01||CARABOBO|2024-07-30"),
    ("one name, numbers and dates differ", False, "Carlos|Hernández|Rojas|m|1975-05-05|11876230|ARAGUA|2024-09-09", "Carlos|Hernández|Rojas|m|1983-11-19|16540871|ARAGUA|2025-02-11"),
    ("cousins: one surname, one given name of two", False, "Ana Isabel|Machado|Linares|f|1987-07-07|18111930|YARACUY|2025-03-03", "Ana Lucía|Machado|Bravo|f|1990-09-12|19860427|YARACUY|2025-03-03"),
]
def main():
    habeas = os.path.abspath(sys.argv[1])
    folder = sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp()
    table, made = os.path.join(folder, "explained.csv"), os.path.join(folder, "made.csv")
    subprocess.run([sys.executable, os.path.join(HERE, "gen_es.py"), "5000", made, "41"], check=True)
    with open(made, encoding="utf-8") as f, open(table, "w", newline="", encoding="utf-8") as out:
        rows, write = csv.DictReader(f), csv.writer(out)
        write.writerow(["id"] + HEADINGS)
        for row in rows: write.writerow([row["rec_id"]] + [row[heading] for heading in HEADINGS])
        for nth, (_, _, left, right) in enumerate(PAIRS):
            write.writerow([f"L{nth}"] + left.split("|")); write.writerow([f"R{nth}"] + right.split("|"))
    print("| | p | one person | the parts, bits | what turns it |\n| --- | --- | --- | --- | --- |")
    wrong = 0
    for nth, (what, same, _, _) in enumerate(PAIRS):
        done = subprocess.run([habeas, "--lang", "en", "link", table, "--explain", f"L{nth},R{nth}", "--json"], check=True, capture_output=True)
        told = json.loads(done.stdout)
        parts = [f"before {told['before']:+.0f}"] + [f"{s['title']} {s['level']} {s['bits']:+.0f}" for s in told["steps"] if s["level"] != "missing"]
        parts.append(f"relatives and namesakes {told['relatives']:+.0f}")
        turns = min((s for s in told["steps"] if s["turns"]), key=lambda s: abs(s["turns"]["p"] - told["join"]), default=None)
        turn = f"{turns['title']} {turns['turns']['level']}: {turns['turns']['p']:.2f}" if turns else "nothing alone"
        wrong += told["together"] != same
        print(f"| {what} | {told['p']:.4f} | {'yes' if told['together'] else 'no'} | {', '.join(parts)} | {turn} |")
    print(f"\n{len(PAIRS) - wrong} of {len(PAIRS)} as they should be.")
if __name__ == "__main__": main()
