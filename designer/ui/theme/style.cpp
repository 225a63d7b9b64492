#include "designer/ui/theme/style.hpp"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QScrollBar>
#include <QStyleOption>
#include <QTabBar>
#include <QTableView>

#include "designer/ui/theme/paint.hpp"

namespace weir::designer {
namespace {

bool isInvalid(const QWidget* widget) {
  return widget != nullptr && widget->property(kInvalidProperty).toBool();
}

// The edit field within a combo or spin box has its owner's frame.
bool isInner(const QWidget* widget) {
  return widget != nullptr && widget->parentWidget() != nullptr &&
         (widget->parentWidget()->inherits("QAbstractSpinBox") || widget->parentWidget()->inherits("QComboBox"));
}

// A table of cells that are edited: where one types is one of them, whichever row is selected.
bool isTypedInto(const QWidget* widget) {
  const auto* const table = qobject_cast<const QTableView*>(widget);
  return table != nullptr && table->editTriggers() != QAbstractItemView::NoEditTriggers;
}

template <typename Option>
const Option& as(const QStyleOption* option) {
  return *static_cast<const Option*>(option);  // the element says which option it is given
}

}  // namespace

bool Style::isCellEditor(const QWidget* widget) {
  const QWidget* const viewport = widget == nullptr ? nullptr : widget->parentWidget();
  return viewport != nullptr && qobject_cast<const QAbstractItemView*>(viewport->parentWidget()) != nullptr;
}

Style::Style(const Theme& theme) : QProxyStyle(QStringLiteral("Fusion")), theme_(theme) {}

void Style::polish(QWidget* widget) {
  QProxyStyle::polish(widget);
  if (qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) || qobject_cast<QScrollBar*>(widget) ||
      qobject_cast<QLineEdit*>(widget) || qobject_cast<QTabBar*>(widget) || widget->inherits("QAbstractSpinBox")) {
    widget->setAttribute(Qt::WA_Hover);
  }
  if (auto* view = qobject_cast<QAbstractItemView*>(widget)) view->viewport()->setAttribute(Qt::WA_Hover);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                          const QWidget* widget) const {
  const Colors& c = theme_.colors;
  switch (element) {
    case PE_PanelLineEdit:
      if (isCellEditor(widget)) return paint::cellPanel(theme_, option->rect, *painter);
      if (isInner(widget) || as<QStyleOptionFrame>(option).lineWidth <= 0) return;
      return paint::fieldPanel(theme_, *option, *painter, isInvalid(widget));
    case PE_FrameLineEdit:
    case PE_FrameTabBarBase:
    case PE_FrameStatusBarItem:
    case PE_IndicatorHeaderArrow:  // the label has it
    case PE_IndicatorToolBarHandle: return;
    case PE_PanelButtonTool: return paint::toolButtonPanel(theme_, *option, *painter);
    case PE_IndicatorCheckBox: return paint::checkBox(theme_, *option, *painter);
    case PE_IndicatorRadioButton: return paint::radioButton(theme_, *option, *painter);
    case PE_FrameFocusRect:
      if (isTypedInto(widget)) return paint::focusRing(theme_, *option, *painter);
      // A selected row needs no ring around each of its cells.
      if (qobject_cast<const QAbstractItemView*>(widget) && option->state & State_Selected) return;
      if (option->state & State_KeyboardFocusChange) paint::focusRing(theme_, *option, *painter);
      return;
    case PE_IndicatorArrowUp: return paint::chevron(*painter, option->rect, Qt::UpArrow, c.secondaryText);
    case PE_IndicatorArrowDown: return paint::chevron(*painter, option->rect, Qt::DownArrow, c.secondaryText);
    case PE_IndicatorArrowLeft: return paint::chevron(*painter, option->rect, Qt::LeftArrow, c.secondaryText);
    case PE_IndicatorArrowRight: return paint::chevron(*painter, option->rect, Qt::RightArrow, c.secondaryText);
    case PE_IndicatorBranch: return paint::branch(theme_, *option, *painter);
    case PE_PanelItemViewItem:
    case PE_PanelItemViewRow: return paint::rowPanel(theme_, *option, *painter);
    case PE_PanelMenu: painter->fillRect(option->rect, c.base); return;
    case PE_PanelTipLabel: painter->fillRect(option->rect, c.tooltip); return;
    case PE_PanelToolBar: return paint::toolBar(theme_, *option, *painter);
    case PE_PanelMenuBar:
    case PE_PanelStatusBar: painter->fillRect(option->rect, c.window); return;
    case PE_Frame:
    case PE_FrameMenu:
    case PE_FrameGroupBox:
    case PE_FrameTabWidget: return paint::roundedBox(*painter, option->rect, 0, {}, c.border);
    case PE_IndicatorDockWidgetResizeHandle: painter->fillRect(option->rect, c.border); return;
    case PE_IndicatorToolBarSeparator: {
      const int inset = (option->rect.height() - icon::kMedium) / 2;
      return paint::verticalLine(*painter, option->rect.center().x(), option->rect.top() + inset,
                                 option->rect.bottom() - inset, c.border);
    }
    default: QProxyStyle::drawPrimitive(element, option, painter, widget);
  }
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                        const QWidget* widget) const {
  switch (element) {
    case CE_MenuBarItem: return paint::menuBarItem(theme_, as<QStyleOptionMenuItem>(option), *painter);
    case CE_MenuBarEmptyArea: painter->fillRect(option->rect, theme_.colors.window); return;
    case CE_MenuItem: return paint::menuItem(theme_, as<QStyleOptionMenuItem>(option), *painter);
    case CE_MenuEmptyArea: return;
    case CE_ToolBar: return paint::toolBar(theme_, *option, *painter);
    case CE_TabBarTabShape: return paint::tabShape(theme_, as<QStyleOptionTab>(option), *painter);
    case CE_TabBarTabLabel:
      return paint::tabLabel(theme_, as<QStyleOptionTab>(option), *painter,
                             subElementRect(SE_TabBarTabText, option, widget));
    case CE_DockWidgetTitle: return paint::dockTitle(theme_, as<QStyleOptionDockWidget>(option), *painter);
    case CE_Splitter: painter->fillRect(option->rect, theme_.colors.border); return;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea: return paint::header(theme_, *option, *painter);
    case CE_HeaderLabel: return paint::headerLabel(theme_, as<QStyleOptionHeader>(option), *painter);
    case CE_PushButtonBevel: return paint::pushButtonPanel(theme_, as<QStyleOptionButton>(option), *painter);
    case CE_PushButtonLabel: {
      QStyleOptionButton label(as<QStyleOptionButton>(option));
      if (label.features & QStyleOptionButton::DefaultButton && label.state & State_Enabled) {
        label.palette.setColor(QPalette::ButtonText, theme_.colors.onAccent);
      }
      return QProxyStyle::drawControl(element, &label, painter, widget);
    }
    case CE_ProgressBar: return paint::progressBar(theme_, as<QStyleOptionProgressBar>(option), *painter);
    default: QProxyStyle::drawControl(element, option, painter, widget);
  }
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                               const QWidget* widget) const {
  switch (control) {
    case CC_ComboBox:
      if (isCellEditor(widget)) paint::cellPanel(theme_, option->rect, *painter);
      return paint::comboBox(theme_, as<QStyleOptionComboBox>(option), *painter, isInvalid(widget));
    case CC_SpinBox:
      return paint::spinBox(theme_, as<QStyleOptionSpinBox>(option), *painter, isInvalid(widget),
                            subControlRect(control, option, SC_SpinBoxUp, widget),
                            subControlRect(control, option, SC_SpinBoxDown, widget));
    case CC_ScrollBar:
      return paint::scrollBar(theme_, as<QStyleOptionSlider>(option), *painter,
                              subControlRect(control, option, SC_ScrollBarSlider, widget));
    default: QProxyStyle::drawComplexControl(control, option, painter, widget);
  }
}

}  // namespace weir::designer
