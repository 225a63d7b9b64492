// A layout glides: parts move from where they stood to where they stand. The document is ahead of what is shown then.
#pragma once

#include <QObject>
#include <QPointer>

#include "designer/model/document/document.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/ui/canvas/picture/placed_picture.hpp"
#include "designer/ui/canvas/scene/camera.hpp"

class QVariantAnimation;

namespace weir::designer {

class LayoutGlide : public QObject {
  Q_OBJECT

 public:
  // All must outlive this.
  LayoutGlide(const Document& document, const PlacedPicture& placed, const Camera& camera);

  // What an edit moves from now on glides from where it stands now, until they are forgotten.
  void rememberPlaces();
  void forgetPlaces() { places_.clear(); }

  // After an edit: goes back to the places before it, if they are remembered, and glides from there.
  void start();
  void stop();
  bool running() const { return !motion_.isNull(); }

 Q_SIGNALS:
  void moved(const weir::designer::Snapshot& between);  // is to be shown
  void finished();

 private:
  void show(const Positions& from, const Positions& to, double part);

  const Document& document_;
  const PlacedPicture& placed_;
  const Camera& camera_;
  Positions places_;  // empty: edits do not glide
  QPointer<QVariantAnimation> motion_;
};

}  // namespace weir::designer
