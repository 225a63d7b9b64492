// A button that is an icon, without a frame until the mouse is over it.
#pragma once

#include <QString>
#include <QToolButton>

namespace weir::designer {

// `words`: its tooltip, and its name for screen readers. Belongs to the layout that it is put into.
QToolButton* makeIconButton(const QString& icon, const QString& words);

}  // namespace weir::designer
