// What can be added to a topology, and finding it by the words that people know from elsewhere.
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

#include "core/catalog/manifest.hpp"
#include "core/drawing/look/kinds.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::designer {

// What is dragged from the palette: the `use` of an entry, in UTF-8.
inline constexpr const char* kOperatorMimeType = "application/x-weir-operator";
// A template of one's own: its file, in UTF-8.
inline constexpr const char* kTemplateMimeType = "application/x-weir-template";

struct PaletteEntry {
  std::string use;  // "window.tumbling", or kTopicUse
  QString title;
  QString category;
  QString icon;
  QString doc;
  QStringList keywords;
  const catalog::OperatorSpec* spec = nullptr;  // of the catalog; null: a topic
  QString section;                              // under which head it stands: "Sources", else its category
};

// Which colour and silhouette it has.
drawing::NodeKind kindOf(const PaletteEntry& entry);

// In the order of the palette: sources first, sinks last, as the categories of visual order say. Formats are no nodes.
// Refers to the catalog.
std::vector<PaletteEntry> paletteOf(const catalog::Catalog& catalog);

// Those that fit the words, best first; "KStream#to" and "group by" find "KStream.to" and "groupByKey". Nothing typed:
// all of them, in their order. `recent` (uses, newest first) decides between equals.
std::vector<PaletteEntry> searched(const std::vector<PaletteEntry>& entries, const QString& words,
                                   const QStringList& recent = {});

}  // namespace weir::designer
