-- Formats works by a CSL style, each by itself: a page numbers its sources, so no year gets a letter
-- because of other works. Run as `pandoc lua cite.lua`. In, as JSON: {csl, lang, items}; out, as JSON:
-- a list of HTML. Texts become words, so that nothing in them is markup.

local function words(text)
  return text and pandoc.Inlines(text) or nil
end

local function parts(date)
  return date and {["date-parts"] = {date}} or nil
end

local function reference(item)
  local authors
  if #item.author > 0 then
    authors = {}
    for at, name in ipairs(item.author) do authors[at] = {literal = words(name)} end
  end
  return {
    id = "it", type = item.type, URL = item.url,
    title = words(item.title), publisher = words(item.publisher),
    ["container-title"] = words(item.container), author = authors,
    issued = parts(item.issued), accessed = parts(item.accessed),
  }
end

local bare = {
  Span = function(el)
    return el.classes:includes("csl-left-margin") and {} or el.content
  end,
  Link = function(el) -- a style may make links of its own
    local target = el.target:lower()
    if target:find("^https?://") then return pandoc.Link(el.content, el.target) end
    return el.content
  end,
}

local function formatted(csl, lang, item)
  local cited = pandoc.Cite({}, {pandoc.Citation("it", "NormalCitation")})
  local meta = {references = {reference(item)}, csl = csl, lang = lang, nocite = {cited}}
  local inlines = pandoc.Inlines {}
  pandoc.utils.citeproc(pandoc.Pandoc({}, meta)):walk {
    Div = function(el)
      if el.classes:includes("csl-entry") then inlines = pandoc.utils.blocks_to_inlines(el.content) end
    end,
  }
  local plain = pandoc.Pandoc {pandoc.Plain(inlines:walk(bare))}
  return (pandoc.write(plain, "html", {wrap_text = "none"}):gsub("%s+$", ""))
end

local asked = pandoc.json.decode(io.read("a"), false)
local list = {}
for at, item in ipairs(asked.items) do list[at] = formatted(asked.csl, asked.lang, item) end
io.write(pandoc.json.encode(list))
