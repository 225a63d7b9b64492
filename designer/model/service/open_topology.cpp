#include "designer/model/service/open_topology.hpp"

#include "core/topology/parts/expand.hpp"
#include "designer/model/edits/bends.hpp"

namespace weir::designer {

namespace {

topology::Topology placed(topology::Topology topology, const catalog::Catalog& catalog) {
  const drawing::InterMeasure measure;
  drawing::placeMissing(topology, drawing::PictureMaker(catalog, measure));
  return topology;
}

// Nodes that have no place there take that of the same ones here.
void takePlaces(topology::Topology& there, const topology::Topology& here) {
  const drawing::LayoutIndex known(here.layout);
  const drawing::LayoutIndex own(there.layout);
  std::vector<std::pair<std::string, Point>> positions;
  const auto take = [&](const auto& parts) {
    for (const auto& part : parts) {
      const std::optional<Point> at = known.place(partId(*part)).at;
      if (at && !own.place(partId(*part)).at) positions.emplace_back(partId(*part), *at);
    }
  };
  take(there.nodes);
  take(there.topics);
  drawing::setPositions(there.layout, positions);
}

}  // namespace

OpenTopology::OpenTopology(Start start, CatalogRef catalog, const MakeDeriver& makeDeriver,
                           const QString& recoveryFolder, QObject* parent)
    : QObject(parent),
      plugins_(std::move(catalog)),
      catalog_(parts_.with(plugins_, start.topology, start.path)),
      unplaced_(std::move(start.topology)),
      document_(placed(*unplaced_, *catalog_)),
      file_(document_, std::move(start.path), std::move(start.bytes)),
      autosave_(document_, file_, recoveryFolder),
      outside_(document_, file_),
      checked_(std::make_shared<const topology::CheckOutcome>()),
      checker_(makeDeriver) {
  if (document_.topology().layout == unplaced_->layout) unplaced_.reset();
  file_.setPlacing([this](topology::Topology& read) { place(read); });
  connect(&document_, &Document::edited, this, [this] { unplaced_.reset(); });
  connect(&document_, &Document::edited, this, [this] {
    if (parts_.usesOthers(document_.topology())) return lookAtParts();
    check();
  });
  connect(&parts_, &PartFiles::changed, this, &OpenTopology::lookAtParts);
  connect(&file_, &TopologyFile::pathChanged, this, [this] {
    if (topology::usesParts(document_.topology())) lookAtParts();
  });
  connect(&checker_, &ProblemChecker::checked, this, [this](const Snapshot& snapshot, const Checked& outcome) {
    if (snapshot != document_.now()) return;  // a newer one is on its way
    checked_ = outcome;
    Q_EMIT checkedChanged();
  });
  connect(&layoutJob_, &LayoutJob::runningChanged, this, &OpenTopology::layingOutChanged);
  connect(&layoutJob_, &LayoutJob::done, this, [this](const Positions& positions) {
    Q_EMIT applyingLayout(true);
    const Positions moved = changedOnly(document_.topology(), positions);
    Edit edit = movedTo(document_.topology(), moved, tr("Lay out"));
    dropBends(edit.after, moved);
    document_.apply(std::move(edit));
    Q_EMIT applyingLayout(false);
  });
  // What was laid out is not what is there any more.
  connect(&document_, &Document::edited, &layoutJob_, &LayoutJob::cancel);
  connect(&file_, &TopologyFile::bytesChanged, this, &OpenTopology::countLinesNotCanonical);
  connect(&canonicalJob_, &CanonicalJob::counted, this, [this](int lines) {
    linesNotCanonical_ = lines;
    Q_EMIT linesNotCanonicalChanged();
  });
  check();
  countLinesNotCanonical();
}

void OpenTopology::lookAtParts() {
  catalog_ = parts_.with(plugins_, document_.topology(), file_.path());
  Q_EMIT catalogChanged();
  check();
}

void OpenTopology::countLinesNotCanonical() {
  // Without the plugins nobody knows in what order parameters stand.
  if (!file_.path().isEmpty() && !catalog_->entries().empty()) canonicalJob_.start(file_.bytes(), catalog_);
}

void OpenTopology::setCatalog(CatalogRef catalog) {
  if (catalog == plugins_) return;  // another page of it has told it
  plugins_ = std::move(catalog);
  catalog_ = parts_.with(plugins_, document_.topology(), file_.path());
  if (unplaced_ && !document_.changed()) {
    topology::Topology opened = *unplaced_;
    document_.showAs(placed(opened, *catalog_));
    unplaced_ = std::move(opened);  // for yet another catalog
  }
  Q_EMIT catalogChanged();
  check();
  countLinesNotCanonical();
}

void OpenTopology::place(topology::Topology& another) const {
  takePlaces(another, document_.topology());
  another = placed(std::move(another), *catalog_);
}

void OpenTopology::layOut(const drawing::Picture& picture) {
  layoutJob_.start(drawing::layoutOf(picture));
}

}  // namespace weir::designer
