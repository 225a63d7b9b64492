#include "core/drawing/words/summary.hpp"

#include <algorithm>
#include <functional>

namespace weir::drawing {

namespace {

using catalog::ParamSpec;
using json::Value;

// The end of the bracket that opens at `open`, or the end of the text.
std::size_t closing(std::string_view text, std::size_t open, char opens, char closes) {
  int depth = 0;
  for (std::size_t at = open; at < text.size(); ++at) {
    if (text[at] == opens) ++depth;
    if (text[at] == closes && --depth == 0) return at;
  }
  return text.size();
}

// Splits at `separator` outside of braces.
std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  int depth = 0;
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{') ++depth;
    if (text[at] == '}') --depth;
    if (text[at] != separator || depth != 0) continue;
    out.push_back(text.substr(start, at - start));
    start = at + 1;
  }
  out.push_back(text.substr(start));
  return out;
}

// Without spaces twice, at the ends and before commas: what was left out leaves none behind.
std::string tidied(std::string_view text) {
  std::string out;
  for (const char character : text) {
    if (character == ' ' && (out.empty() || out.back() == ' ')) continue;
    if (character == ',' && !out.empty() && out.back() == ' ') out.pop_back();
    out += character;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string grouped(std::string number) {
  const std::size_t first = number.starts_with('-') ? 1 : 0;
  const std::size_t end = std::min(number.find_first_of(".eE"), number.size());
  for (std::size_t at = end; at > first + 3; at -= 3) number.insert(at - 3, ",");
  return number;
}

// A value with its declaration, under the name that a template uses.
struct Named {
  const ParamSpec* spec = nullptr;
  const Value* value = nullptr;  // null: absent
};

class Filler {
 public:
  using Scope = std::function<Named(std::string_view)>;

  Filler(const SummaryContext& context, std::size_t mostItems) : context_(context), mostItems_(mostItems) {}

  std::string fill(std::string_view text, const Scope& scope, bool& absent) const {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '{') {
        const std::size_t end = closing(text, at, '{', '}');
        out += placeholder(text.substr(at + 1, end - at - 1), scope, absent);
        at = end;
      } else if (text[at] == '[') {
        const std::size_t end = closing(text, at, '[', ']');
        bool without = false;
        const std::string part = fill(text.substr(at + 1, end - at - 1), scope, without);
        if (!without) out += part;
        at = end;
      } else {
        out += text[at];
      }
    }
    return out;
  }

 private:
  std::string placeholder(std::string_view inside, const Scope& scope, bool& absent) const {
    const std::size_t nameEnd = std::min(inside.find_first_of(":|"), inside.size());
    const Named named = scope(inside.substr(0, nameEnd));
    if (named.value == nullptr || named.value->isNull()) {
      absent = true;
      return "";
    }
    if (nameEnd == inside.size()) return valueText(named);
    const std::string_view rest = inside.substr(nameEnd + 1);
    return inside[nameEnd] == ':' ? listText(named, rest) : alternative(named, rest, scope, absent);
  }

  // "{emit|on_close=when closed|on_update=after each row|{emit}}"
  std::string alternative(const Named& named, std::string_view choices, const Scope& scope, bool& absent) const {
    const std::string value = valueText(named);
    for (const std::string_view choice : split(choices, '|')) {
      const std::vector<std::string_view> sides = split(choice, '=');
      if (sides.size() < 2) return fill(choice, scope, absent);
      if (sides[0] == value) return fill(choice.substr(sides[0].size() + 1), scope, absent);
    }
    return "";
  }

  // "{aggregates:{function} {field}}"; an object is filled in like one entry of a list.
  std::string listText(const Named& named, std::string_view element) const {
    const ParamSpec* spec = named.spec;
    const bool list = named.value->isList();
    if (list) spec = spec == nullptr || spec->element.empty() ? nullptr : &spec->element[0];
    const auto itemText = [&](const Value& item) {
      bool absent = false;
      const Scope members = [&](std::string_view name) -> Named {
        if (name.empty()) return {spec, &item};
        const ParamSpec* member = nullptr;
        if (spec != nullptr) {
          const auto found = std::find_if(spec->members.begin(), spec->members.end(),
                                          [&](const ParamSpec& candidate) { return candidate.name == name; });
          if (found != spec->members.end()) member = &*found;
        }
        const Value* value = item.find(name);
        if (value == nullptr && member != nullptr && member->defaultValue) value = &*member->defaultValue;
        return {member, value};
      };
      return tidied(fill(element, members, absent));
    };
    return list ? joined(*named.value, itemText) : itemText(*named.value);
  }

  template <typename Words>
  std::string joined(const Value& list, const Words& words) const {
    std::string out;
    const std::size_t count = list.items().size();
    const std::size_t shown = std::min(count, mostItems_);
    for (std::size_t item = 0; item < shown; ++item) out += (item == 0 ? "" : ", ") + words(list.items()[item]);
    if (shown < count) out += " " + filled(context_.wording.more, {std::to_string(count - shown)});
    return out;
  }

  std::string valueText(const Named& named) const {
    const Value& value = *named.value;
    if (named.spec != nullptr && named.spec->secret) return "•••";
    switch (value.kind()) {
      case json::Kind::Null: return "";
      case json::Kind::Boolean: return value.asBoolean() ? context_.wording.yes : context_.wording.no;
      case json::Kind::Number: return grouped(value.asText());
      case json::Kind::Text: return readableText(value.asText(), context_.topology);
      case json::Kind::List: return joined(value, [&](const Value& item) { return valueText({nullptr, &item}); });
      case json::Kind::Object: {
        const Value* const name = value.find("name");
        if (name != nullptr) return valueText({nullptr, name});
        return value.members().empty() ? "" : valueText({nullptr, &value.members()[0].value});
      }
    }
    return "";
  }

  const SummaryContext& context_;
  std::size_t mostItems_;
};

bool hasValue(const Value* value) {
  if (value == nullptr || value->isNull()) return false;
  return !(value->isText() && value->asText().empty()) && !(value->isList() && value->items().empty());
}

}  // namespace

std::string filled(std::string_view pattern, const std::vector<std::string>& values) {
  std::string out;
  std::size_t next = 0;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern.substr(at, 2) == "{}" && next < values.size()) {
      out += values[next++];
      ++at;
    } else {
      out += pattern[at];
    }
  }
  return out;
}

std::vector<std::string> missingTitles(const catalog::OperatorSpec& spec, const Value& params) {
  std::vector<std::string> out;
  for (const ParamSpec& param : spec.params) {
    if (!param.required || hasValue(params.find(param.name))) continue;
    std::string title = param.title.empty() ? param.name : param.title;
    if (title.size() > 1 && title[1] >= 'a' && title[1] <= 'z' && title[0] >= 'A' && title[0] <= 'Z') {
      title[0] = static_cast<char>(title[0] - 'A' + 'a');
    }
    out.push_back(std::move(title));
  }
  return out;
}

std::vector<std::string> summaryLines(const catalog::OperatorSpec& spec, const Value& params, std::size_t mostItems,
                                      const SummaryContext& context) {
  const Filler filler(context, mostItems);
  const Filler::Scope scope = [&](std::string_view name) -> Named {
    const ParamSpec* const param = spec.param(name);
    const Value* value = params.find(name);
    if (value == nullptr && param != nullptr && param->defaultValue) value = &*param->defaultValue;
    return {param, value};
  };
  std::vector<std::string> out;
  for (const std::string& line : spec.summary) {
    bool absent = false;
    std::string text = tidied(filler.fill(line, scope, absent));
    if (!text.empty()) out.push_back(std::move(text));
  }
  return out;
}

std::size_t longestList(const Value& params) {
  std::size_t longest = 1;
  for (const json::Member& member : params.members()) longest = std::max(longest, member.value.items().size());
  return longest;
}

std::string readableText(std::string_view text, const topology::Topology& topology) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    constexpr std::string_view kOpen = "${param:";
    if (text.substr(at, kOpen.size()) == kOpen && (at == 0 || text[at - 1] != '$')) {
      const std::size_t end = text.find('}', at);
      if (end != std::string_view::npos) {
        const std::string_view name = text.substr(at + kOpen.size(), end - at - kOpen.size());
        const auto found = std::find_if(topology.params.begin(), topology.params.end(),
                                        [&](const auto& param) { return param->name.value == name; });
        const bool known = found != topology.params.end() && (*found)->hasDefault;
        out += known ? (*found)->defaultValue.asText() : std::string(text.substr(at, end + 1 - at));
        at = end;
        continue;
      }
    }
    out += text[at] == '\n' || text[at] == '\t' ? ' ' : text[at];
  }
  return out;
}

}  // namespace weir::drawing
