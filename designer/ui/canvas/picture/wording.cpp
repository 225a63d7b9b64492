#include "designer/ui/canvas/picture/wording.hpp"

#include <QCoreApplication>

namespace weir::designer {

drawing::Wording translatedWording() {
  const auto tr = [](const char* text) { return QCoreApplication::translate("Wording", text).toStdString(); };
  drawing::Wording words;
  words.choose = tr(QT_TRANSLATE_NOOP("Wording", "choose the {}"));
  words.more = tr(QT_TRANSLATE_NOOP("Wording", "and {} more"));
  words.missingPlugin = tr(QT_TRANSLATE_NOOP("Wording", "plugin missing, settings kept"));
  words.onePartition = tr(QT_TRANSLATE_NOOP("Wording", "1 partition"));
  words.partitions = tr(QT_TRANSLATE_NOOP("Wording", "{} partitions"));
  words.keyedBy = tr(QT_TRANSLATE_NOOP("Wording", "{}, keyed by {}"));
  words.kept = tr(QT_TRANSLATE_NOOP("Wording", "kept {}"));
  words.keptForEver = tr(QT_TRANSLATE_NOOP("Wording", "kept for ever"));
  words.yes = tr(QT_TRANSLATE_NOOP("Wording", "yes"));
  words.no = tr(QT_TRANSLATE_NOOP("Wording", "no"));
  return words;
}

}  // namespace weir::designer
