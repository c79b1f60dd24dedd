"""Scores `habeas link --pairs` on the invented pairs of names: names.py HABEAS [PAIRS.csv..] [--wrong].
F1 at 0.5 and at the best cut, of all pairs, of persons in Latin letters and of names outside ASCII; wrong pairs by kind (`--wrong`
lists them); CPU microseconds a pair, reading and printing included. `pairs.csv` may be looked at, `pairs_held_out.csv` was
written before the first was measured and is only counted."""
import csv, io, pathlib, resource, subprocess, sys, tempfile

TIMES = 300  # The pairs are repeated so that the time is not that of starting.


def asked(habeas, rows):
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("left", "right"), *rows])
        file.flush()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        out = subprocess.run([habeas, "link", "--pairs", file.name], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return list(csv.DictReader(io.StringIO(out.stdout.decode("utf-8")))), cpu


def f1(judged, cut):
    right = sum(same and p >= cut for same, p in judged)
    wrong = sum(not same and p >= cut for same, p in judged)
    wanted = sum(same for same, _ in judged)
    return 2 * right / max(right + wrong + wanted, 1)


def scores(name, judged):
    best = max((f1(judged, cut / 100), -abs(cut - 50), cut) for cut in range(1, 100))
    print(f"{name:22} {len(judged):4} pairs  F1 at 0.5 {f1(judged, 0.5):.4f}  best {best[0]:.4f} at {best[2] / 100:.2f}")


def main(habeas, *paths):
    show = "--wrong" in paths
    here = pathlib.Path(__file__).parent
    paths = [path for path in paths if path != "--wrong"] or [here / "pairs.csv", here / "pairs_held_out.csv"]
    for path in paths:
        with open(path, encoding="utf-8", newline="") as file:
            pairs = list(csv.DictReader(file))
        told, _ = asked(habeas, [(pair["left"], pair["right"]) for pair in pairs])
        assert len(told) == len(pairs), (len(told), len(pairs))
        judged = [(pair["same"] == "1", float(one["p"])) for pair, one in zip(pairs, told)]
        plain = [(pair["left"] + pair["right"]).isascii() for pair in pairs]
        folded = [max(map(ord, pair["left"] + pair["right"])) < 0x250 for pair in pairs]
        print(f"== {pathlib.Path(path).name}")
        scores("all", judged)
        scores("Latin letters", [one for one, latin in zip(judged, folded) if latin])
        scores("other scripts", [one for one, latin in zip(judged, folded) if not latin])
        scores("outside ASCII", [one for one, ascii in zip(judged, plain) if not ascii])
        wrong = [(pair, one) for pair, one, (same, p) in zip(pairs, told, judged) if same != (p >= 0.5)]
        kinds = sorted({pair["kind"] for pair, _ in wrong})
        print("wrong at 0.5:", ", ".join(f"{kind} {sum(pair['kind'] == kind for pair, _ in wrong)}" for kind in kinds) or "none")
        for pair, one in wrong if show else []:
            print(f"  {pair['kind']:10} {'missed' if pair['same'] == '1' else 'joined'} {one['p']} {one['alignment']}")
        _, cpu = asked(habeas, [(pair["left"], pair["right"]) for pair in pairs] * TIMES)
        print(f"{1e6 * cpu / len(pairs) / TIMES:.1f} CPU microseconds a pair")


if __name__ == "__main__":
    main(*sys.argv[1:])
