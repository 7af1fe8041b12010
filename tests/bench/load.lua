-- What wrk sends: requests of signed-in people, each with their own records.
-- `wrk … -- PLAN`, where PLAN is a Lua file that returns {kind = …, people = {{token, id, ids}}}.

local plan
local thread_count = 0
local written = 0

function setup(thread)
  thread:set("thread_number", thread_count)
  thread_count = thread_count + 1
end

local senders = {}

function senders.read_client(person)
  local id = person.ids[math.random(#person.ids)]
  return wrk.format("GET", "/api/v1/clients/" .. id, person.headers)
end

function senders.list_deals(person)
  local path = "/api/v1/deals?page_size=50&filter=lead_agent_id%20%3D%20%22" .. person.id .. "%22"
  return wrk.format("GET", path, person.headers)
end

function senders.create_client(person)
  written = written + 1
  person.headers["Idempotency-Key"] = string.format(
    "%08x-%04x-4000-8000-%012x", plan.run, thread_number, written)
  local body = string.format(
    '{"type":"individual","full_name":"Нагрузка %d %d %d","contacts":[{"name":"Основной",' ..
    '"phone":"+7 9%02d %03d-%02d-%02d","is_primary":true}]}',
    plan.run, thread_number, written, math.random(0, 99), math.random(0, 999),
    math.random(0, 99), math.random(0, 99))
  return wrk.format("POST", "/api/v1/clients", person.headers, body)
end

function init(arguments)
  plan = dofile(arguments[1])
  math.randomseed(plan.run * 31 + thread_number)
  for _, person in ipairs(plan.people) do
    person.headers = {
      ["Authorization"] = "Bearer " .. person.token,
      ["Content-Type"] = "application/json",
    }
  end
end

function request()
  return senders[plan.kind](plan.people[math.random(#plan.people)])
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\nRESULT {"requests": %d, "seconds": %.6f, "bad_status": %d, "broken": %d, ' ..
    '"p50_us": %d, "p99_us": %d}\n',
    summary.requests, summary.duration / 1e6, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
