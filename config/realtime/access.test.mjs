import assert from "node:assert/strict";
import { test } from "node:test";

import { SITE, sameHost, siteOf } from "./access.mjs";

test("a page of another host is no origin", () => {
	assert.equal(sameHost("http://absensi.localhost:8000", "absensi.localhost:8000"), true);
	assert.equal(sameHost("http://127.0.0.1:8000", "127.0.0.1:9000"), true);
	assert.equal(sameHost("https://jahat.example", "absensi.localhost"), false);
	assert.equal(sameHost("null", "absensi.localhost"), false);
	assert.equal(sameHost("http://absensi.localhost", undefined), false);
	assert.equal(sameHost(undefined, "absensi.localhost"), true);
});

test("the site is what the proxy says, else the host's name, else on loopback the default one", () => {
	assert.equal(siteOf({ "x-frappe-site-name": "a.localhost", host: "127.0.0.1:8000" }, "b.localhost"), "a.localhost");
	assert.equal(siteOf({ host: "a.localhost:8000" }, "b.localhost"), "a.localhost");
	assert.equal(siteOf({ host: "127.0.0.1:8000" }, "b.localhost"), "b.localhost");
	assert.equal(siteOf({ host: "[::1]:8000" }, "b.localhost"), "b.localhost");
	assert.equal(siteOf({ host: "a b" }, "b.localhost"), undefined);
});

test("a site's name cannot lead elsewhere", () => {
	for (const name of ["absensi.localhost", "uji_1"]) assert.ok(SITE.test(name));
	for (const name of ["", "..", "../x", "a/b", "a b"]) assert.ok(!SITE.test(name), name);
});
