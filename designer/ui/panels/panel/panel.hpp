// What every panel beside the canvas is given: a document, the catalog, and what the checks say. A panel makes edits
// by Document::apply and knows no other panel.
#pragma once

#include <QPointer>
#include <QWidget>
#include <cstdint>

#include "designer/model/document/document.hpp"
#include "designer/model/service/catalog_service.hpp"
#include "designer/model/service/problem_checker.hpp"

namespace weir::designer {

// GUI thread only.
class Panel : public QWidget {
  Q_OBJECT

 public:
  explicit Panel(QWidget* parent = nullptr);

  // The document in front; null: there is none. It may go at any time.
  void setDocument(Document* document);
  void setCatalog(CatalogRef catalog);
  // Of the document's version now, or of one shortly before it. Null: not checked yet.
  void setChecked(Checked checked);

  Document* document() const { return document_; }
  const CatalogRef& catalog() const { return catalog_; }  // never null
  const Checked& checked() const { return checked_; }     // never null

 protected:
  enum class Change : std::uint8_t { Topology, Edited, Selected, Saved, Plugins, Checks };
  virtual void onChange(Change change) = 0;

 private:
  QPointer<Document> document_;
  CatalogRef catalog_;
  Checked checked_;
};

// Apply an edit that may be refused; the reason stands in the result.
Result<void> applyTo(Document& document, Result<Edit> edit);
// As one undo step.
Result<void> applyTo(Document& document, const topology::QuickFix& fix);
Result<void> changeIdIn(Document& document, const std::string& id, const std::string& to);

}  // namespace weir::designer
