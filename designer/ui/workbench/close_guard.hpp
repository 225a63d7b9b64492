// The one question before unsaved work is lost.
#pragma once

#include <QList>
#include <cstdint>

class QWidget;

namespace weir::designer {

class TopologyPage;

// Asks once for all topologies with unsaved work that no other page shows, naming for each what is not saved: the
// logic, the layout, or both. Saves when that is the wish. False: nothing may be closed.
bool mayClose(const QList<TopologyPage*>& pages, QWidget* window);

// "orders.weir: logic and layout", a line each.
QString unsavedText(const QList<TopologyPage*>& pages);

}  // namespace weir::designer
