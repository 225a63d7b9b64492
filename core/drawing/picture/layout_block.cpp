#include "core/drawing/picture/layout_block.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/drawing/look/measures.hpp"

namespace weir::drawing {

namespace {

using json::Value;

std::optional<double> number(const Value& entry, std::string_view name) {
  const Value* const value = entry.find(name);
  return value == nullptr ? std::nullopt : value->asNumber();
}

bool flag(const Value& entry, std::string_view name) {
  const Value* const value = entry.find(name);
  return value != nullptr && value->asBoolean();
}

Value numberValue(double value) {
  if (std::nearbyint(value) == value && std::abs(value) < 1e15) return Value::number(static_cast<std::int64_t>(value));
  char text[32];
  std::snprintf(text, sizeof(text), "%.3f", value);
  std::string out = text;
  out.erase(out.find_last_not_of('0') + 1);
  return Value::numberText(out.ends_with('.') ? out + "0" : out);
}

void removeMember(Value& entry, std::string_view name) {
  std::erase_if(entry.members(), [&](const json::Member& member) { return member.name == name; });
}

void setFlag(Value& entry, const std::string& name, bool value) {
  if (value) {
    entry.set(name, Value::boolean(true));
  } else {
    removeMember(entry, name);
  }
}

void setPoint(Value& entry, Point at) {
  entry.set("x", numberValue(at.x));
  entry.set("y", numberValue(at.y));
}

std::size_t indexOf(const Layout& layout, std::string_view id) {
  const auto found = std::find_if(layout.begin(), layout.end(), [&](const auto& entry) { return entry->id == id; });
  return static_cast<std::size_t>(found - layout.begin());
}

// Puts what `change` makes of the entry of `id` into its place.
template <typename Change>
void changeEntry(Layout& layout, const std::string& id, const Change& change) {
  const std::size_t index = indexOf(layout, id);
  topology::LayoutEntry entry = index < layout.size() ? *layout[index] : topology::LayoutEntry{id, Value::object()};
  if (!entry.value.isObject()) entry.value = Value::object();
  change(entry.value);
  if (entry.value.members().empty()) {
    removeEntry(layout, id);
  } else if (index < layout.size()) {
    layout[index] = std::move(entry);
  } else {
    layout.emplace_back(std::move(entry));
  }
}

// Of a comment, where it is one that is known.
std::optional<CommentColour> colourOf(const Value& entry) {
  const Value* const name = entry.find("color");
  return name != nullptr && name->isText() ? commentColourOf(name->asText()) : std::nullopt;
}

}  // namespace

const topology::LayoutEntry* LayoutIndex::entry(std::string_view id) const {
  if (next_ < layout_.size() && layout_[next_]->id == id) return &*layout_[next_++];
  if (entries_.empty()) {
    entries_.reserve(layout_.size());
    for (const auto& entry : layout_) entries_.emplace(entry->id, &*entry);
  }
  const auto found = entries_.find(id);
  return found == entries_.end() ? nullptr : found->second;
}

Place LayoutIndex::place(std::string_view id) const {
  return placeOf(entry(id));
}

Place placeOf(const topology::LayoutEntry* entry) {
  Place out;
  if (entry == nullptr || !entry->value.isObject()) return out;
  const std::optional<double> x = number(entry->value, "x");
  const std::optional<double> y = number(entry->value, "y");
  if (x && y && std::isfinite(*x) && std::isfinite(*y)) out.at = Point{*x, *y};
  out.pinned = flag(entry->value, "pinned");
  out.collapsed = flag(entry->value, "collapsed");
  return out;
}

std::vector<Comment> LayoutIndex::comments() const {
  std::vector<Comment> out;
  for (const auto& entry : layout_) {
    if (!isCommentId(entry->id) || !entry->value.isObject()) continue;
    const Value* const text = entry->value.find("text");
    Comment& comment = out.emplace_back();
    comment.id = entry->id;
    comment.text = text == nullptr ? "" : text->asText();
    comment.at = {number(entry->value, "x").value_or(0), number(entry->value, "y").value_or(0)};
    comment.width = std::max(number(entry->value, "width").value_or(kCommentWidth), kLeastCommentWidth);
    if (const auto colour = colourOf(entry->value)) comment.colour = *colour;
  }
  return out;
}

WireLayout wireLayoutOf(const topology::LayoutEntry& entry) {
  WireLayout out;
  if (!entry.value.isObject()) return out;
  out.link = flag(entry.value, "link");
  const Value* const bends = entry.value.find("bends");
  if (bends == nullptr || !bends->isList()) return out;
  for (const Value& bend : bends->items()) {
    const std::vector<Value>& at = bend.items();
    const std::optional<double> x = at.size() == 2 ? at[0].asNumber() : std::nullopt;
    const std::optional<double> y = at.size() == 2 ? at[1].asNumber() : std::nullopt;
    if (x && y && std::isfinite(*x) && std::isfinite(*y)) out.bends.push_back({*x, *y});
  }
  return out;
}

bool isCommentId(std::string_view id) {
  return id.starts_with('#');
}

bool isWireId(std::string_view id) {
  return id.find('>') != std::string_view::npos;  // no name has one
}

WireLayouts wireLayouts(const Layout& layout) {
  WireLayouts out;
  for (const auto& entry : layout) {
    if (isWireId(entry->id)) out.emplace(entry->id, wireLayoutOf(*entry));
  }
  return out;
}

std::string freshCommentId(const Layout& layout) {
  for (int number = 1;; ++number) {
    std::string id = "#" + std::to_string(number);
    if (indexOf(layout, id) == layout.size()) return id;
  }
}

void setPlace(Layout& layout, const std::string& id, const Place& place) {
  changeEntry(layout, id, [&](Value& entry) {
    if (place.at) {
      setPoint(entry, *place.at);
    } else {
      removeMember(entry, "x");
      removeMember(entry, "y");
    }
    setFlag(entry, "collapsed", place.collapsed);
    setFlag(entry, "pinned", place.pinned);
  });
}

void setPositions(Layout& layout, const std::vector<std::pair<std::string, Point>>& positions) {
  // By the positions, not by the layout: it is called for each step of a drag, with few of them.
  std::unordered_map<std::string_view, Point> wanted(positions.begin(), positions.end());
  const auto place = [](topology::Part<topology::LayoutEntry>& part, Point at) {
    topology::LayoutEntry entry = *part;
    if (!entry.value.isObject()) entry.value = Value::object();
    setPoint(entry.value, at);
    part = std::move(entry);
  };
  for (auto part = layout.begin(); part != layout.end() && !wanted.empty(); ++part) {
    const auto found = wanted.find((*part)->id);
    if (found == wanted.end()) continue;
    place(*part, found->second);
    wanted.erase(found);
  }
  for (const auto& [id, at] : positions) {
    if (wanted.erase(id) == 0) continue;
    layout.emplace_back(topology::LayoutEntry{id, Value::object()});
    place(layout.back(), at);
  }
}

void setComment(Layout& layout, const Comment& comment) {
  changeEntry(layout, comment.id, [&](Value& entry) {
    setPoint(entry, comment.at);
    entry.set("width", numberValue(comment.width));
    entry.set("text", Value::text(comment.text));
    if (comment.colour != CommentColour::Grey) {
      entry.set("color", Value::text(std::string(kCommentColourNames[static_cast<std::size_t>(comment.colour)])));
    } else if (colourOf(entry)) {  // a colour of a later version stays
      removeMember(entry, "color");
    }
  });
}

void setWireLayout(Layout& layout, const std::string& id, const WireLayout& wire) {
  changeEntry(layout, id, [&](Value& entry) {
    Value bends = Value::list();
    for (const Point& bend : wire.bends) {
      Value& at = bends.items().emplace_back(Value::list());
      at.items() = {numberValue(bend.x), numberValue(bend.y)};
    }
    if (wire.bends.empty()) {
      removeMember(entry, "bends");
    } else {
      entry.set("bends", std::move(bends));
    }
    setFlag(entry, "link", wire.link);
  });
}

void removeEntry(Layout& layout, std::string_view id) {
  std::erase_if(layout, [&](const auto& entry) { return entry->id == id; });
}

}  // namespace weir::drawing
