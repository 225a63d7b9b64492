#include "designer/ui/theme/icons.hpp"

#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include "core/drawing/icons/icons.hpp"
#include "designer/ui/theme/paint.hpp"
#include "designer/ui/theme/theme.hpp"

namespace weir::designer {
namespace {

QPixmap draw(const QString& name, int size, const QColor& color, double deviceRatio) {
  const std::string svg = drawing::iconSvg(name.toStdString(), color.name(QColor::HexRgb).toStdString());
  QSvgRenderer renderer(QByteArray::fromStdString(svg));
  const int pixels = qRound(size * deviceRatio);
  QPixmap pixmap(pixels, pixels);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  renderer.render(&painter, QRectF(0, 0, pixels, pixels));
  painter.end();
  pixmap.setDevicePixelRatio(deviceRatio);
  return pixmap;
}

QColor colorOf(IconTone tone, QIcon::Mode mode, QIcon::State state) {
  const Colors& c = currentTheme().colors;
  if (mode == QIcon::Disabled) return c.disabled;
  if (state == QIcon::On) return c.accent;
  switch (tone) {
    case IconTone::Secondary: return c.secondaryText;
    case IconTone::Text: return c.text;
    case IconTone::Accent: return c.accent;
    case IconTone::OnAccent: return c.onAccent;
    case IconTone::Error: return c.error;
    case IconTone::Warning: return c.warning;
    case IconTone::Ok: return c.ok;
  }
  Q_UNREACHABLE();
}

// Paints when asked and keeps nothing, so that an icon follows the theme.
class Engine : public QIconEngine {
 public:
  explicit Engine(QString name) : name_(std::move(name)) {}

  QString iconName() override { return name_; }
  bool isNull() override { return false; }
  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    return scaledPixmap(size, mode, state, 1);
  }
  // `size` is in pixels of the device, here and above.
  QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override {
    QPixmap pixmap(size);
    pixmap.fill(Qt::transparent);
    pixmap.setDevicePixelRatio(scale);
    if (size.isEmpty()) return pixmap;
    QPainter painter(&pixmap);
    const double side = qMin(size.width(), size.height()) / scale;
    const QRectF room(0, 0, size.width() / scale, size.height() / scale);
    QRectF square(0, 0, side, side);
    square.moveCenter(room.center());
    paintSquare(painter, square, mode, state);
    return pixmap;
  }
  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
    const int side = qMin(rect.width(), rect.height());
    QRect square(0, 0, side, side);
    square.moveCenter(rect.center());
    paintSquare(*painter, square, mode, state);
  }

 protected:
  virtual void paintSquare(QPainter& painter, const QRectF& rect, QIcon::Mode mode, QIcon::State state) const = 0;
  const QString& name() const { return name_; }

 private:
  QString name_;
};

class ToneEngine : public Engine {
 public:
  ToneEngine(QString name, IconTone tone) : Engine(std::move(name)), tone_(tone) {}
  QIconEngine* clone() const override { return new ToneEngine(*this); }

 protected:
  void paintSquare(QPainter& painter, const QRectF& rect, QIcon::Mode mode, QIcon::State state) const override {
    paintIcon(painter, name(), rect, colorOf(tone_, mode, state));
  }

 private:
  IconTone tone_;
};

class KindEngine : public Engine {
 public:
  KindEngine(QString name, NodeKind kind) : Engine(std::move(name)), kind_(kind) {}
  QIconEngine* clone() const override { return new KindEngine(*this); }

 protected:
  void paintSquare(QPainter& painter, const QRectF& rect, QIcon::Mode /*mode*/, QIcon::State /*state*/) const override {
    paintKindTile(painter, kind_, name(), rect);
  }

 private:
  NodeKind kind_;
};

}  // namespace

bool hasIcon(const QString& name) {
  return !drawing::iconDrawing(name.toStdString()).empty();
}

QStringList iconNames() {
  QStringList names;
  for (const std::string_view name : drawing::iconNames()) names.append(QString::fromUtf8(name));
  return names;
}

QString iconNameFor(NodeKind kind, const QString& name) {
  return QString::fromUtf8(drawing::iconNameFor(kind, name.toStdString()));
}

QPixmap iconPixmap(const QString& name, int size, const QColor& color, double deviceRatio) {
  const QString key =
      QStringLiteral("weir/%1/%2/%3/%4").arg(name).arg(size).arg(color.rgb(), 0, 16).arg(qRound(deviceRatio * 100));
  QPixmap pixmap;
  if (!QPixmapCache::find(key, &pixmap)) {
    pixmap = draw(name, size, color, deviceRatio);
    QPixmapCache::insert(key, pixmap);
  }
  return pixmap;
}

void paintIcon(QPainter& painter, const QString& name, const QRectF& rect, const QColor& color) {
  const double ratio = painter.device() != nullptr ? painter.device()->devicePixelRatio() : 1;
  const int size = qRound(rect.width());
  painter.drawPixmap(QPointF(qRound(rect.left() * ratio) / ratio, qRound(rect.top() * ratio) / ratio),
                     iconPixmap(name, size, color, ratio));
}

QIcon themeIcon(const QString& name, IconTone tone) {
  return QIcon(new ToneEngine(name, tone));  // the icon owns its engine
}

QIcon kindIcon(NodeKind kind, const QString& name) {
  return QIcon(new KindEngine(iconNameFor(kind, name), kind));
}

void paintKindTile(QPainter& painter, NodeKind kind, const QString& name, const QRectF& rect) {
  const KindColors& colors = currentTheme().colors.of(kind);
  const double scale = rect.width() / control::kTileSmall;
  paint::roundedBox(painter, rect, control::kTileRadius * scale, colors.fill, {});
  const double side = qRound(control::kTileIcon * scale);
  QRectF square(0, 0, side, side);
  square.moveCenter(rect.center());
  paintIcon(painter, iconNameFor(kind, name), square, colors.ink);
}

}  // namespace weir::designer
