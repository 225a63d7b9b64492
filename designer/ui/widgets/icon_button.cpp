#include "designer/ui/widgets/icon_button.hpp"

#include "designer/ui/theme/icons.hpp"

namespace weir::designer {

QToolButton* makeIconButton(const QString& icon, const QString& words) {
  auto* const made = new QToolButton;
  made->setIcon(themeIcon(icon));
  made->setAutoRaise(true);
  made->setToolTip(words);
  made->setAccessibleName(words);
  return made;
}

}  // namespace weir::designer
