// Icons by name, drawn in the colours of the theme that is applied when they are painted. The names are those of
// core/drawing/icons, which a manifest's `icon` uses too.
#pragma once

#include <QIcon>
#include <QPixmap>
#include <QString>
#include <cstdint>

#include "designer/ui/theme/tokens.h"

class QPainter;
class QRectF;

namespace weir::designer {

enum class IconTone : std::uint8_t { Secondary, Text, Accent, OnAccent, Error, Warning, Ok };

bool hasIcon(const QString& name);
QStringList iconNames();

// `name` when there is such an icon, else what stands for the kind.
QString iconNameFor(NodeKind kind, const QString& name);

// `size` square pixels at the device ratio; the same picture is drawn once and kept. An unknown name is a question
// mark.
QPixmap iconPixmap(const QString& name, int size, const QColor& color, double deviceRatio);
void paintIcon(QPainter& painter, const QString& name, const QRectF& rect, const QColor& color);

// Disabled icons are paler, those of checked buttons have the accent; a selected row does not tint them.
QIcon themeIcon(const QString& name, IconTone tone = IconTone::Secondary);
// The tile that stands for an operator in lists: its icon on the colour of its kind.
QIcon kindIcon(NodeKind kind, const QString& name);
void paintKindTile(QPainter& painter, NodeKind kind, const QString& name, const QRectF& rect);

}  // namespace weir::designer
