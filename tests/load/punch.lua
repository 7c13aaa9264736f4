-- wrk: arguments are the mode (punch or noop), the file of sessions, the Host header and a seed for new ids.
-- A line of the file: sid, CSRF token, latitude, longitude.
local number = 0

-- Lua's own clock knows whole seconds only.
local ffi = require("ffi")
ffi.cdef("typedef struct { long seconds, microseconds; } moment; int gettimeofday(moment *, void *);")
local now = ffi.new("moment")

function setup(thread)
  thread:set("thread", number)
  number = number + 1
end

local function hex(digits)
  local parts = {}
  for place = 1, digits do
    parts[place] = string.format("%x", math.random(0, 15))
  end
  return table.concat(parts)
end

-- As the app makes it, version 7: 48 bits of milliseconds since 1970, then chance.
local function uuid()
  ffi.C.gettimeofday(now, nil)
  local milliseconds = tonumber(now.seconds) * 1000 + math.floor(tonumber(now.microseconds) / 1000)
  local head = string.format("%08x-%04x", math.floor(milliseconds / 65536), milliseconds % 65536)
  return head .. "-7" .. hex(3) .. "-a" .. hex(3) .. "-" .. hex(12)
end

function init(arguments)
  mode, host = arguments[1], arguments[3]
  people, turn = {}, tonumber(arguments[4]) % 1000
  for line in io.lines(arguments[2]) do
    local sid, csrf, latitude, longitude = line:match("(%S+) (%S+) (%S+) (%S+)")
    people[#people + 1] = { sid = sid, csrf = csrf, latitude = latitude, longitude = longitude }
  end
  math.randomseed(tonumber(arguments[4]) * 64 + thread)
end

function request()
  turn = turn + 1
  local person = people[turn % #people + 1]
  local headers = { ["Host"] = host, ["Cookie"] = "sid=" .. person.sid, ["Accept"] = "application/json" }
  if mode == "noop" then
    return wrk.format("GET", "/api/method/frappe.auth.get_logged_user", headers)
  end
  headers["X-Frappe-CSRF-Token"] = person.csrf
  headers["Content-Type"] = "application/json"
  local body = string.format(
    '{"jenis":"%s","latitude":%s,"longitude":%s,"akurasi":8,"id_klien":"%s","foto_sha256":"%s","perangkat":"load"}',
    turn % 2 == 0 and "Masuk" or "Pulang", person.latitude, person.longitude, uuid(), hex(64)
  )
  return wrk.format("POST", "/api/method/spbe_attendance.api.absensi.catat", headers, body)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    "RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout, latency:percentile(50), latency:percentile(99)
  ))
end
