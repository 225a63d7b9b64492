#include "designer/ui/canvas/tests/baseline.hpp"
#include "tests/program/places.hpp"

#include <QDir>
#include <algorithm>

namespace weir::designer::testing {

namespace {

// A badge or a border in another colour shows in some tile; smoothing that differs a little shows in none.
constexpr int kTile = 32;
constexpr int kOtherPixels = 20;  // in one tile
constexpr int kOtherLevel = 20;   // of one channel

bool differ(QRgb one, QRgb other) {
  return std::max({std::abs(qRed(one) - qRed(other)), std::abs(qGreen(one) - qGreen(other)),
                   std::abs(qBlue(one) - qBlue(other))}) > kOtherLevel;
}

// Pixels that differ in the worst tile; those are what is left in `marked`.
int compare(const QImage& one, const QImage& other, QImage& marked) {
  int worst = 0;
  marked = QImage(one.size(), QImage::Format_RGB32);
  marked.fill(0);
  for (int top = 0; top < one.height(); top += kTile) {
    for (int left = 0; left < one.width(); left += kTile) {
      int count = 0;
      for (int y = top; y < std::min(top + kTile, one.height()); ++y) {
        for (int x = left; x < std::min(left + kTile, one.width()); ++x) {
          if (!differ(one.pixel(x, y), other.pixel(x, y))) continue;
          marked.setPixel(x, y, one.pixel(x, y) ^ other.pixel(x, y));
          ++count;
        }
      }
      worst = std::max(worst, count);
    }
  }
  return worst;
}

}  // namespace

QString differenceFromBaseline(const QImage& painted, const QString& name) {
  const QString file = name + ".png";
  const QString stored = weir::places::inRepository("designer/ui/canvas/tests/baselines/") + file;
  const QImage now = painted.convertToFormat(QImage::Format_RGB32);
  if (qEnvironmentVariableIsSet("WEIR_RENEW_BASELINES")) {
    constexpr int kSmallest = 0;
    return now.save(stored, "PNG", kSmallest) ? QString() : stored + " cannot be written";
  }
  const QImage before = QImage(stored).convertToFormat(QImage::Format_RGB32);
  if (before.isNull()) return stored + " is missing";
  QImage marked;
  QString said;
  if (before.size() != now.size()) {
    said = QStringLiteral("%1 is another size").arg(name);
  } else if (const int worst = compare(now, before, marked); worst > kOtherPixels) {
    said = QStringLiteral("%1 looks otherwise: %2 pixels within one tile").arg(name).arg(worst);
  }
  if (said.isEmpty()) return {};
  const QDir folder(weir::places::inBuild("look"));
  const bool kept = folder.mkpath(".") && now.save(folder.filePath(file)) &&
                    before.save(folder.filePath(name + "-before.png")) &&
                    (marked.isNull() || marked.save(folder.filePath(name + "-difference.png")));
  return said + (kept ? "; see " : "; cannot write to ") + folder.path();
}

}  // namespace weir::designer::testing
