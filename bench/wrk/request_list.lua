-- A page of a company's own requests: filtered by state, sorted by deadline.
local common = require("common")

function init(arguments)
  common.start()
end

function request()
  local organisation = math.random(0, common.facts.organisations - 1)
  local path = "/api/v1/requests?state=published&sort=-quotes_due_at&size=20&page=" .. math.random(1, 5)
  return wrk.format("GET", path, { authorization = common.authorization(organisation) })
end
