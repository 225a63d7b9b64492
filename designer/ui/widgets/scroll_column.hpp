// What is read and filled in from top to bottom, and may be longer than its room.
#pragma once

class QScrollArea;
class QWidget;

namespace weir::designer {

// As wide as there is room; `content` belongs to it.
QScrollArea* makeScrollColumn(QWidget* content);

}  // namespace weir::designer
