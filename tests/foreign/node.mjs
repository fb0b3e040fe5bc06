// The pages of the tutorial on Node's http.
//
//     node tests/foreign/node.mjs 127.0.0.1:8080
//     cargo run -- check 15

import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { setTimeout } from "node:timers/promises";

const USERS = new Map([["ada", "lovelace"], ["grace", "hopper"]]);
const sessions = new Map();

// Functions by path and method: each makes of a request what `answer` sends.
const pages = {
  "/hi": { GET: () => ({ body: "Hello World!" }) },
  "/namaste": { GET: () => ({ body: "Namaste!" }) },
  "/echo": { POST: ({ body }) => ({ body, type: "application/octet-stream" }) },
  "/visits": { GET: visit },
  "/name": { POST: introduce },
  "/login": { GET: () => html(200, "<form method=post>"), POST: login },
  "/logout": { POST: logout },
  "/protected": { GET: protect },
  "/slow": { GET: () => setTimeout(3000, { body: "Sorry for the wait.\n" }) },
  "/panic": { GET: () => { throw new Error("a handler has a bug"); } },
};

function visit(request) {
  const before = cookie(request, "visits") ?? "";
  const visits = /^[0-9]+$/.test(before) ? Number(before) + 1 : 1;
  const name = cookie(request, "name") ?? "Stranger";
  return {
    body: `${name}, this is visit ${visits}.\n`,
    headers: { "Cache-Control": "no-store", "Set-Cookie": setCookie("visits", visits) },
  };
}

function introduce(request) {
  const name = field(request, "name");
  const cookie = setCookie("name", name);
  // Browsers keep no longer ones.
  return name && cookie.length <= 4096 ? seeOther("/visits", cookie) : { status: 400 };
}

function login(request) {
  const user = field(request, "user");
  if (!USERS.has(user) || USERS.get(user) !== field(request, "password")) {
    return unauthorized();
  }
  sessions.delete(cookie(request, "session"));
  const key = randomBytes(16).toString("hex");
  sessions.set(key, user);
  return seeOther("/protected", setCookie("session", key));
}

function logout(request) {
  sessions.delete(cookie(request, "session"));
  return seeOther("/login", `${setCookie("session", "")}; Max-Age=0`);
}

function protect(request) {
  const user = sessions.get(cookie(request, "session"));
  return user ? html(200, `<p>Only for you, ${user}.</p>`) : unauthorized();
}

function unauthorized() {
  const page = html(401, "<form method=post>");
  return { ...page, headers: { ...page.headers, "WWW-Authenticate": "Form" } };
}

function html(status, body) {
  const headers = { "Cache-Control": "no-store" };
  return { status, body, type: "text/html; charset=utf-8", headers };
}

function seeOther(path, cookie) {
  return { status: 303, headers: { Location: path, "Set-Cookie": cookie } };
}

function setCookie(name, value) {
  return `${name}=${encodeURIComponent(value)}; Path=/; HttpOnly; SameSite=Lax`;
}

function cookie(request, name) {
  const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim());
  const pair = pairs.find((pair) => pair.startsWith(`${name}=`));
  try {
    return pair && decodeURIComponent(pair.slice(name.length + 1));
  } catch {
    return pair.slice(name.length + 1);
  }
}

function field(request, name) {
  return new URLSearchParams(request.body.toString()).get(name) ?? undefined;
}

function describe({ method, url, httpVersion, rawHeaders, body }) {
  let text = `method: ${method === "HEAD" ? "GET" : method}\nuri: ${url}\n`;
  text += `version: HTTP/${httpVersion}\n`;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    // Node takes the bytes for Latin-1.
    const value = Buffer.from(rawHeaders[at + 1], "latin1");
    text += `header ${rawHeaders[at].toLowerCase()}: ${value}\n`;
  }
  return { body: `${text}body: ${body}\n`, headers: { "Cache-Control": "no-store" } };
}

function handle(request) {
  // The host of an absolute URI is ours, whatever it is.
  const path = request.url.replace(/^http:\/\/[^/?]*/i, "").replace(/\?.*$/, "") || "/";
  if (path === "/request") {
    return describe(request);
  }
  if (path === "*" && request.method === "OPTIONS") {
    return {};
  }
  const page = pages[path];
  if (!page) {
    return { status: 404, body: `There is nothing at ${path}.\n` };
  }
  const handler = page[request.method === "HEAD" ? "GET" : request.method];
  if (handler) {
    return handler(request);
  }
  const allow = { Allow: `${Object.keys(page).join(", ")}, OPTIONS` };
  return { status: request.method === "OPTIONS" ? 200 : 405, headers: allow };
}

async function answer(request, response) {
  const pieces = [];
  for await (const piece of request) {
    pieces.push(piece);
  }
  request.body = Buffer.concat(pieces);
  let answer = { status: 500, body: "Something in our server is broken.\n" };
  try {
    answer = await handle(request);
  } catch (error) {
    console.error(error.message);
  }
  const { status = 200, body = "", type = "text/plain; charset=utf-8", headers } = answer;
  const length = Buffer.byteLength(body);
  response.writeHead(status, { "Content-Type": type, "Content-Length": length, ...headers });
  response.end(body);
}

const server = createServer((request, response) => {
  // A client that leaves in the middle of its body is no concern of the others.
  answer(request, response).catch((error) => console.error(error.message));
});
const [host, port] = (process.argv[2] ?? "127.0.0.1:8080").split(":");
server.listen(Number(port), host, () => {
  console.log(`listening on http://${host}:${server.address().port}`);
});
