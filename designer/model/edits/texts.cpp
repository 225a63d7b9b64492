#include "designer/model/edits/texts.hpp"

#include <QCoreApplication>
#include <set>

#include "core/drawing/picture/layout_block.hpp"

namespace weir::designer {

namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Edits)
};

class Replacer {
 public:
  Replacer(const QString& what, const QString& with) : what_(what), with_(with) {}

  int places() const { return places_; }

  void in(std::string& text) {
    QString changed = QString::fromStdString(text);
    const auto found = changed.count(what_, Qt::CaseInsensitive);
    if (found == 0) return;
    places_ += static_cast<int>(found);
    text = changed.replace(what_, with_, Qt::CaseInsensitive).toStdString();
  }
  void in(topology::Text& text) { in(text.value); }
  void in(json::Value& value) {
    eachText(value, [this](json::Value& text) {
      std::string changed = text.asText();
      in(changed);
      if (changed != text.asText()) text = json::Value::text(std::move(changed)).at(text.position());
    });
  }
  void in(topology::Node& node) {
    in(node.name);
    in(node.doc);
    in(node.params);
  }
  // Its name in the log is as good as an id, and so is what it was called: what is kept stands under them.
  void in(topology::Topic& topic) {
    for (json::Member& member : topic.settings.members()) {
      if (member.name != "topic" && member.name != "was") in(member.value);
    }
  }
  void in(topology::Group& group) {
    in(group.name);
    in(group.doc);
  }
  // Parts that stay are shared with the version before.
  template <typename Kind>
  void in(std::vector<topology::Part<Kind>>& parts, const std::set<std::string>& ids) {
    for (topology::Part<Kind>& part : parts) {
      if (!ids.contains(part->id.value)) continue;
      Kind changed = *part;
      const int before = places_;
      in(changed);
      if (places_ != before) part = std::move(changed);
    }
  }

 private:
  const QString& what_;
  const QString& with_;
  int places_ = 0;
};

}  // namespace

Replacing replaceText(const topology::Topology& topology, const std::vector<std::string>& ids, const QString& what,
                      const QString& with) {
  Replacing out;
  out.edit.after = topology;
  if (what.isEmpty()) return out;
  const std::set<std::string> chosen(ids.begin(), ids.end());
  topology::Topology& after = out.edit.after;
  Replacer replacer(what, with);
  replacer.in(after.nodes, chosen);
  replacer.in(after.topics, chosen);
  replacer.in(after.groups, chosen);
  for (drawing::Comment& comment : drawing::LayoutIndex(topology.layout).comments()) {
    if (!chosen.contains(comment.id)) continue;
    const int before = replacer.places();
    replacer.in(comment.text);
    if (replacer.places() != before) drawing::setComment(after.layout, comment);
  }
  out.places = replacer.places();
  out.edit.label = Words::tr("Replace “%1” by “%2” in %n place(s)", nullptr, out.places).arg(what, with);
  return out;
}

}  // namespace weir::designer
