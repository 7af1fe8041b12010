-- What wrk sends: requests of signed-in people, each with their own records.
-- `wrk … -- PLAN`, where PLAN is a Lua file that returns {kind = …, people = {{token, id, ids,
-- deals, paths}}, due_on = …}.

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
  return wrk.format("GET", "/api/v1/deals?page_size=50", person.headers)
end

-- Lists: their paths in turn.
local function send_path(person, kind)
  local paths = person.paths[kind]
  person.turn = (person.turn or 0) % #paths + 1
  return wrk.format("GET", paths[person.turn], person.headers)
end

-- A name like no other, so that the search for duplicates finds none.
local letters = {"а", "б", "в", "г", "д", "е", "ж", "з", "и", "к"}
local function word()
  local digits = tostring(math.random(100000000, 999999999))
  return (digits:gsub("%d", function(digit) return letters[tonumber(digit) + 1] end))
end

function senders.create_client(person)
  written = written + 1
  person.headers["Idempotency-Key"] = string.format("bench-%d-%d-%d", plan.run, thread_number,
                                                    written)
  local body = string.format(
    '{"type":"individual","full_name":"%s Вера","contacts":[{"name":"Основной",' ..
    '"phone":"+7%010d","is_primary":true}]}', word(), math.random(0, 9999999999))
  return wrk.format("POST", "/api/v1/clients", person.headers, body)
end

function senders.create_task(person)
  written = written + 1
  person.headers["Idempotency-Key"] = string.format("bench-%d-%d-%d", plan.run, thread_number,
                                                    written)
  local body = string.format('{"subject":"Позвонить клиенту","deal_id":"%s","assignee_id":"%s",' ..
    '"due_on":"%s"}', person.deals[math.random(#person.deals)], person.id, plan.due_on)
  return wrk.format("POST", "/api/v1/tasks", person.headers, body)
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
  local person = plan.people[math.random(#plan.people)]
  local send = senders[plan.kind]
  if send then return send(person) end
  return send_path(person, plan.kind)
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
