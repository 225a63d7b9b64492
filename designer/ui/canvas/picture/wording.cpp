#include "designer/ui/canvas/picture/wording.hpp"

#include <QCoreApplication>

namespace weir::designer {

using drawing::Wording;

namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Wording)
};

}  // namespace

Wording translatedWording() {
  Wording words;
  words.choose = Words::tr("choose the {}").toStdString();
  words.more = Words::tr("and {} more").toStdString();
  words.missingPlugin = Words::tr("plugin missing, settings kept").toStdString();
  words.onePartition = Words::tr("1 partition").toStdString();
  words.partitions = Words::tr("{} partitions").toStdString();
  words.keyedBy = Words::tr("{}, keyed by {}").toStdString();
  words.kept = Words::tr("kept {}").toStdString();
  words.keptForEver = Words::tr("kept for ever").toStdString();
  words.yes = Words::tr("yes").toStdString();
  words.no = Words::tr("no").toStdString();
  return words;
}

}  // namespace weir::designer
