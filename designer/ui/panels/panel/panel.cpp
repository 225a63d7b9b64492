#include "designer/ui/panels/panel/panel.hpp"

#include "designer/model/edits/edits.hpp"

namespace weir::designer {

Panel::Panel(QWidget* parent)
    : QWidget(parent),
      catalog_(std::make_shared<const catalog::Catalog>()),
      checked_(std::make_shared<const topology::CheckOutcome>()) {}

void Panel::setDocument(Document* document) {
  if (document_ != nullptr) document_->disconnect(this);
  document_ = document;
  checked_ = std::make_shared<const topology::CheckOutcome>();
  if (document != nullptr) {
    connect(document, &Document::edited, this, [this] { onChange(Change::Edited); });
    connect(document, &Document::selectionChanged, this, [this] { onChange(Change::Selected); });
    connect(document, &Document::savedStateChanged, this, [this] { onChange(Change::Saved); });
    connect(document, &QObject::destroyed, this, [this] {
      document_.clear();
      onChange(Change::Topology);
    });
  }
  onChange(Change::Topology);
}

void Panel::setCatalog(CatalogRef catalog) {
  // What is shown points into the old one: it stays until the panel has looked at the new one.
  const CatalogRef before = std::exchange(catalog_, std::move(catalog));
  onChange(Change::Plugins);
}

void Panel::setChecked(Checked checked) {
  checked_ = checked != nullptr ? std::move(checked) : std::make_shared<const topology::CheckOutcome>();
  onChange(Change::Checks);
}

Result<void> applyTo(Document& document, Result<Edit> edit) {
  if (!edit) return edit.error();
  document.apply(std::move(*edit));
  return {};
}

Result<void> applyTo(Document& document, const topology::QuickFix& fix) {
  document.closeMerge();
  return applyTo(document, applyFix(document.topology(), fix));
}

Result<void> changeIdIn(Document& document, const std::string& id, const std::string& to) {
  return applyTo(document, changeId(document.topology(), *document.saved(), id, to));
}

}  // namespace weir::designer
