// Checks what Habeas publishes with the log implementation of the Go checksum database
// (golang.org/x/mod/sumdb), and makes a log of its own for Habeas to check.
//
//	go run main.go FOLDER
//
// FOLDER holds `tiles/` (checkpoint and tile/LEVEL/INDEX), `bundle.json` and `consistency.json`.
// Written there: `other.json`, the log made here. Printed: how many checks held.
package main

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type row struct {
	Salt       string `json:"salt"`
	Position   uint64 `json:"position"`
	RecordedAt int64  `json:"recorded_at"`
	Author     string `json:"author"`
	Kind       string `json:"kind"`
	Body       string `json:"body"`
}

type bundle struct {
	Checkpoint string `json:"checkpoint"`
	Key        string `json:"key"`
	Rows       []struct {
		Index int64    `json:"index"`
		Leaf  string   `json:"leaf"`
		Path  []string `json:"path"`
		Row   *row     `json:"row"`
	} `json:"rows"`
}

type consistency struct {
	Old  string   `json:"old"`
	Path []string `json:"path"`
}

var held int

func must(err error, what string) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", what, err)
		os.Exit(1)
	}
	held++
}

func mustNot(err error, what string) {
	if err == nil {
		fmt.Fprintf(os.Stderr, "%s: was believed\n", what)
		os.Exit(1)
	}
	held++
}

func hash(text string) (h tlog.Hash) {
	bytes, err := hex.DecodeString(text)
	if err != nil || len(bytes) != len(h) {
		fmt.Fprintf(os.Stderr, "no hash: %q\n", text)
		os.Exit(1)
	}
	copy(h[:], bytes)
	return h
}

func hashes(texts []string) (all []tlog.Hash) {
	for _, text := range texts {
		all = append(all, hash(text))
	}
	return all
}

func open(text, key string) tlog.Tree {
	verifier, err := note.NewVerifier(key)
	must(err, "verifier key")
	opened, err := note.Open([]byte(text), note.VerifierList(verifier))
	must(err, "note")
	_, err = note.Open([]byte(strings.Replace(text, "\n", "x\n", 1)), note.VerifierList(verifier))
	mustNot(err, "a changed note")
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err, "size")
	root, err := tlog.ParseHash(lines[2])
	must(err, "root")
	return tlog.Tree{N: size, Hash: root}
}

// The leaf of an entry as ARCHITECTURE.md has it, written here from its words.
func leaf(r *row) [32]byte {
	said := []byte{0}
	said = binary.BigEndian.AppendUint64(said, r.Position)
	said = binary.BigEndian.AppendUint64(said, uint64(r.RecordedAt))
	for _, field := range []string{r.Author, r.Kind, r.Body} {
		said = binary.BigEndian.AppendUint64(said, uint64(len(field)))
		said = append(said, field...)
	}
	return sha256.Sum256(said)
}

type tiles struct{ folder string }

func (t tiles) Height() int                     { return 8 }
func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (t tiles) ReadTiles(wanted []tlog.Tile) (all [][]byte, err error) {
	for _, tile := range wanted {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		bytes, err := os.ReadFile(filepath.Join(t.folder, path))
		if err != nil {
			return nil, err
		}
		all = append(all, bytes)
	}
	return all, nil
}

func read(folder, name string, into any) {
	bytes, err := os.ReadFile(filepath.Join(folder, name))
	must(err, name)
	must(json.Unmarshal(bytes, into), name)
}

func check(folder string) {
	var b bundle
	read(folder, "bundle.json", &b)
	tree := open(b.Checkpoint, b.Key)
	reader := tlog.TileHashReader(tree, tiles{filepath.Join(folder, "tiles")})
	root, err := tlog.TreeHash(tree.N, reader)
	must(err, "root from tiles")
	if root != tree.Hash {
		must(fmt.Errorf("%v is not %v", root, tree.Hash), "root from tiles")
	}
	for _, r := range b.Rows {
		proven, path := hash(r.Leaf), hashes(r.Path)
		must(tlog.CheckRecord(path, tree.N, tree.Hash, r.Index, proven), "inclusion")
		mustNot(tlog.CheckRecord(path, tree.N, tree.Hash, r.Index^1, proven), "another index")
		own, err := tlog.ProveRecord(tree.N, r.Index, reader)
		must(err, "inclusion from tiles")
		must(tlog.CheckRecord(own, tree.N, tree.Hash, r.Index, proven), "inclusion from tiles")
		if r.Row != nil {
			salt := hash(r.Row.Salt)
			own := leaf(r.Row)
			if tlog.RecordHash(append(salt[:], own[:]...)) != proven {
				must(fmt.Errorf("entry %d", r.Row.Position), "leaf of a shown row")
			}
			held++
		}
	}
	var c consistency
	read(folder, "consistency.json", &c)
	old := open(c.Old, b.Key)
	must(tlog.CheckTree(hashes(c.Path), tree.N, tree.Hash, old.N, old.Hash), "consistency")
	mustNot(tlog.CheckTree(hashes(c.Path), tree.N, tree.Hash, old.N, tree.Hash), "another root")
}

// A log of 1,000 records, signed here: its last record's inclusion, and that it continues its first 300.
func other(folder string) {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(wanted []int64) (all []tlog.Hash, err error) {
		for _, index := range wanted {
			all = append(all, stored[index])
		}
		return all, nil
	})
	for n := int64(0); n < 1000; n++ {
		fresh, err := tlog.StoredHashes(n, []byte(fmt.Sprint(n)), reader)
		must(err, "record")
		stored = append(stored, fresh...)
	}
	secret, public, err := note.GenerateKey(rand.Reader, "other.example/log")
	must(err, "key")
	signer, err := note.NewSigner(secret)
	must(err, "signer")
	root, err := tlog.TreeHash(1000, reader)
	must(err, "root")
	text := fmt.Sprintf("other.example/log\n1000\n%s\n", base64.StdEncoding.EncodeToString(root[:]))
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	must(err, "signature")
	record, err := tlog.ProveRecord(1000, 999, reader)
	must(err, "inclusion")
	before, err := tlog.TreeHash(300, reader)
	must(err, "earlier root")
	tree, err := tlog.ProveTree(1000, 300, reader)
	must(err, "consistency")
	out, err := json.Marshal(map[string]any{
		"checkpoint": string(signed), "key": public, "inclusion": hexed(record),
		"before": hex.EncodeToString(before[:]), "consistency": hexed(tree),
	})
	must(err, "json")
	must(os.WriteFile(filepath.Join(folder, "other.json"), out, 0o600), "other.json")
}

func hexed(all []tlog.Hash) (texts []string) {
	for _, h := range all {
		texts = append(texts, hex.EncodeToString(h[:]))
	}
	return texts
}

func main() {
	check(os.Args[1])
	other(os.Args[1])
	fmt.Println(held)
}
