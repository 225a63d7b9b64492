#include "designer/ui/widgets/scroll_column.hpp"

#include <QScrollArea>

namespace weir::designer {

QScrollArea* makeScrollColumn(QWidget* content) {
  auto* const area = new QScrollArea;
  area->setFrameShape(QFrame::NoFrame);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setWidgetResizable(true);
  area->setWidget(content);
  return area;
}

}  // namespace weir::designer
