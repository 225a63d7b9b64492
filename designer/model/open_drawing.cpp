#include "model/open_drawing.hpp"

namespace weir::designer {

OpenDrawing::OpenDrawing(Start start, CatalogRef catalog, const MakeDeriver& makeDeriver, const QString& recoveryFolder,
                         QObject* parent)
    : QObject(parent),
      document_(std::move(start.topology)),
      file_(document_, std::move(start.path), std::move(start.bytes)),
      autosave_(document_, file_, recoveryFolder),
      catalog_(std::move(catalog)),
      checked_(std::make_shared<const topology::CheckOutcome>()),
      checker_(makeDeriver) {
  connect(&document_, &Document::edited, this, [this] { checker_.check(document_.now(), catalog_); });
  connect(&checker_, &ProblemChecker::checked, this, [this](const Snapshot& snapshot, const Checked& outcome) {
    if (snapshot != document_.now()) return;  // a newer one is on its way
    checked_ = outcome;
    Q_EMIT checkedChanged();
  });
  connect(&layoutJob_, &LayoutJob::done, this, [this](const Positions& positions) {
    document_.apply(movedTo(document_.topology(), changedOnly(document_.topology(), positions), tr("Lay out")));
  });
  // What was laid out is not what is there any more.
  connect(&document_, &Document::edited, &layoutJob_, &LayoutJob::cancel);
  checker_.check(document_.now(), catalog_);
}

void OpenDrawing::setCatalog(CatalogRef catalog) {
  catalog_ = std::move(catalog);
  Q_EMIT catalogChanged();
  checker_.check(document_.now(), catalog_);
}

void OpenDrawing::layOut(const drawing::Picture& picture) {
  layoutJob_.start(drawing::layoutOf(picture));
}

}  // namespace weir::designer
