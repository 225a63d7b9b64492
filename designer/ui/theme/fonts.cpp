#include "designer/ui/theme/fonts.hpp"

#include <QFontDatabase>

#include "core/drawing/look/measures.hpp"
#include "designer/ui/theme/tokens.h"

// Not in a namespace: the names that rcc gives are global.
static void initialiseFontResources() {
  Q_INIT_RESOURCE(fonts);
}

namespace weir::designer {
namespace {

QFont inter(int pixels, QFont::Weight weight = QFont::Normal) {
  QFont font(QStringLiteral("Inter"));
  font.setPixelSize(pixels);
  font.setWeight(weight);
  return font;
}

// On the canvas words keep their width at every zoom.
QFont onCanvas(QFont font) {
  font.setHintingPreference(QFont::PreferNoHinting);
  return font;
}

QFont mono(int pixels) {
  QFont font(QStringLiteral("JetBrains Mono"));
  font.setPixelSize(pixels);
  font.setStyleHint(QFont::Monospace);
  return font;
}

}  // namespace

void loadFonts() {
  // Qt keeps application fonts until the program ends, so once is enough.
  static const bool kLoaded = [] {
    initialiseFontResources();
    for (const char* file :
         {"Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "JetBrainsMono-Regular.ttf"}) {
      QFontDatabase::addApplicationFont(fontFolder() + QLatin1String(file));
    }
    return true;
  }();
  Q_UNUSED(kLoaded);
}

QString fontFolder() {
  return QStringLiteral(":/weir/fonts/");
}

QFont fontOf(FontRole role) {
  switch (role) {
    case FontRole::Body: return inter(text_size::kBody);
    case FontRole::Strong: return inter(text_size::kBody, QFont::DemiBold);
    case FontRole::Label: return inter(text_size::kLabel, QFont::DemiBold);
    case FontRole::Help: return inter(text_size::kHelp);
    case FontRole::Section: return inter(text_size::kSection, QFont::DemiBold);
    case FontRole::InspectorTitle: return inter(text_size::kInspectorTitle, QFont::DemiBold);
    case FontRole::EmptyTitle: return inter(text_size::kEmptyTitle, QFont::DemiBold);
    case FontRole::NodeName: return onCanvas(inter(drawing::kNameText, QFont::DemiBold));
    case FontRole::NodeWords: return onCanvas(inter(drawing::kWordsText));
    case FontRole::GroupTitle: return onCanvas(inter(drawing::kGroupTitleText, QFont::DemiBold));
    case FontRole::PortLabel: return onCanvas(inter(text_size::kPortLabel));
    case FontRole::Comment: return onCanvas(inter(drawing::kCommentText));
    case FontRole::Code: return mono(text_size::kCode);
    case FontRole::Figures: return mono(text_size::kFigures);
  }
  Q_UNREACHABLE();
}

}  // namespace weir::designer
