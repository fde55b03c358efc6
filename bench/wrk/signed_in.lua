-- The smallest answer to somebody who is signed in: how many notifications they have not read.
local common = require("common")

function init(arguments)
  common.start()
end

function request()
  local organisation = math.random(0, common.facts.organisations - 1)
  return wrk.format("GET", "/api/v1/notifications/unread-count", { authorization = common.authorization(organisation) })
end
