#include <QComboBox>
#include <QStyleOption>

#include "designer/ui/theme/icons.hpp"
#include "designer/ui/theme/style.hpp"

namespace weir::designer {
namespace {

// A scroll bar has no arrows: its groove is all of it.
QRect scrollBarPart(const QStyleOptionSlider& bar, QStyle::SubControl part) {
  const bool lying = bar.orientation == Qt::Horizontal;
  const int length = lying ? bar.rect.width() : bar.rect.height();
  const qint64 range = qint64{bar.maximum} - bar.minimum;
  int handle = length;
  if (range > 0) {
    const auto share = qint64{length} * bar.pageStep / (range + bar.pageStep);
    handle = qBound(qMin(control::kScrollHandleLength, length), static_cast<int>(share), length);
  }
  const int start =
      QStyle::sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition, length - handle, bar.upsideDown);
  const auto piece = [&](int from, int size) {
    return lying ? QRect(bar.rect.left() + from, bar.rect.top(), size, bar.rect.height())
                 : QRect(bar.rect.left(), bar.rect.top() + from, bar.rect.width(), size);
  };
  switch (part) {
    case QStyle::SC_ScrollBarSlider: return piece(start, handle);
    case QStyle::SC_ScrollBarSubPage: return piece(0, start);
    case QStyle::SC_ScrollBarAddPage: return piece(start + handle, length - start - handle);
    case QStyle::SC_ScrollBarGroove: return bar.rect;
    default: return {};
  }
}

QRect comboBoxPart(const QStyleOptionComboBox& combo, QStyle::SubControl part) {
  const QRect& rect = combo.rect;
  const int arrow = control::kArrow + control::kFieldInset;
  switch (part) {
    case QStyle::SC_ComboBoxArrow: return {rect.right() - arrow, rect.top(), arrow, rect.height()};
    case QStyle::SC_ComboBoxEditField: return rect.adjusted(control::kFieldInset, 1, -arrow - space::kTiny, -1);
    default: return rect;  // the frame; the popup stands below it
  }
}

QRect spinBoxPart(const QStyleOptionSpinBox& box, QStyle::SubControl part) {
  const bool buttons = box.buttonSymbols != QAbstractSpinBox::NoButtons;
  const int width = buttons ? control::kArrow + space::kTiny : 0;
  const QRect inner = box.rect.adjusted(1, 1, -1, -1);
  const int half = inner.height() / 2;
  switch (part) {
    case QStyle::SC_SpinBoxUp: return {inner.right() - width, inner.top(), width, half};
    case QStyle::SC_SpinBoxDown: return {inner.right() - width, inner.bottom() - half + 1, width, half};
    case QStyle::SC_SpinBoxEditField: return inner.adjusted(control::kFieldInset - 2, 0, -width, 0);
    default: return box.rect;
  }
}

int widthOf(const QFontMetrics& metrics, const QString& words) {
  return metrics.size(Qt::TextShowMnemonic | Qt::TextSingleLine, words).width();
}

QSize menuItemSize(const QStyleOptionMenuItem& item) {
  if (item.menuItemType == QStyleOptionMenuItem::Separator) return {1, space::kSmall + 1};
  const QFontMetrics metrics(item.font);
  const qsizetype tab = item.text.indexOf(u'\t');
  int width = control::kMenuIcon + space::kTiny + widthOf(metrics, tab < 0 ? item.text : item.text.left(tab)) +
              control::kMenuEnd;
  if (tab >= 0) width += control::kMenuShortcut + widthOf(metrics, item.text.mid(tab + 1));
  return {width, control::kMenuItem};
}

}  // namespace

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl subControl,
                            const QWidget* widget) const {
  QRect rect;
  switch (control) {
    case CC_ScrollBar: rect = scrollBarPart(*static_cast<const QStyleOptionSlider*>(option), subControl); break;
    case CC_ComboBox: rect = comboBoxPart(*static_cast<const QStyleOptionComboBox*>(option), subControl); break;
    case CC_SpinBox: rect = spinBoxPart(*static_cast<const QStyleOptionSpinBox*>(option), subControl); break;
    default: return QProxyStyle::subControlRect(control, option, subControl, widget);
  }
  return visualRect(option->direction, option->rect, rect);
}

QRect Style::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const {
  if (element == SE_LineEditContents) {
    // The line edit itself keeps two more pixels.
    const bool framed = static_cast<const QStyleOptionFrame*>(option)->lineWidth > 0;
    const int inset = framed || isCellEditor(widget) ? control::kFieldInset - 2 : 0;
    return option->rect.adjusted(inset, 1, -inset, -1);
  }
  return QProxyStyle::subElementRect(element, option, widget);
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                              const QWidget* widget) const {
  QSize made = QProxyStyle::sizeFromContents(type, option, size, widget);
  switch (type) {
    case CT_PushButton: return {size.width() + control::kButtonPadding, control::kHeight};
    case CT_LineEdit:
    case CT_SpinBox: return {made.width(), control::kHeight};
    case CT_ComboBox:
      return {size.width() + 2 * control::kFieldInset + control::kArrow + space::kSmall, control::kHeight};
    case CT_ToolButton: return made.expandedTo({control::kHeight, control::kHeight});
    case CT_CheckBox:
    case CT_RadioButton: return {made.width(), qMax(made.height(), control::kListRow)};
    case CT_TabBarTab: return {made.width(), qMax(made.height(), control::kTabHeight)};
    case CT_MenuBarItem: return {size.width() + 2 * control::kMenuBarPadding, control::kMenuBarItem};
    case CT_MenuItem: return menuItemSize(*static_cast<const QStyleOptionMenuItem*>(option));
    case CT_HeaderSection:
      return {size.width() > 0 ? made.width() + 2 * space::kTiny : made.width(), control::kHeaderHeight};
    case CT_ItemViewItem: return {made.width(), qMax(made.height(), control::kTableRow)};
    default: return made;
  }
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
  switch (metric) {
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
    case PM_ListViewIconSize: return icon::kSmall;
    case PM_ToolBarIconSize: return icon::kMedium;
    case PM_LargeIconSize: return icon::kLarge;
    case PM_ScrollBarExtent: return control::kScrollBar;
    case PM_ScrollBarSliderMin: return control::kScrollHandleLength;
    case PM_DockWidgetSeparatorExtent:
    case PM_SplitterWidth: return 1;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight: return control::kCheck;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing: return control::kCheckGap;
    case PM_TabBarTabHSpace: return 2 * control::kTabPadding;
    case PM_TabBarTabVSpace: return space::kMedium;
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_ToolBarFrameWidth:
    case PM_MenuBarPanelWidth:
    case PM_MenuBarHMargin:
    case PM_MenuBarVMargin:
    case PM_MenuBarItemSpacing:
    case PM_ButtonDefaultIndicator: return 0;
    case PM_MenuPanelWidth: return 1;
    case PM_MenuVMargin: return space::kTiny;
    case PM_ToolBarItemSpacing: return 2;
    case PM_ToolBarItemMargin: return (shell::kToolBar - control::kHeight) / 2;
    case PM_ToolBarSeparatorExtent: return space::kLarge;
    case PM_HeaderMargin: return control::kFieldInset;
    case PM_FocusFrameHMargin: return control::kFieldInset - 1;  // rows add one: under their header
    case PM_ToolTipLabelFrameWidth: return space::kSmall;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin: return space::kMedium;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing: return space::kSmall;
    default: return QProxyStyle::pixelMetric(metric, option, widget);
  }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                     QStyleHintReturn* returned) const {
  switch (hint) {
    case SH_ComboBox_Popup:  // a list below the box, not over it
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_UnderlineShortcut: return 0;
    case SH_ItemView_ShowDecorationSelected: return 1;
    case SH_TabBar_Alignment: return Qt::AlignLeft;
    case SH_ScrollBar_Transient: return 0;
    case SH_Menu_SubMenuPopupDelay: return motion::kPopover;
    default: return QProxyStyle::styleHint(hint, option, widget, returned);
  }
}

QIcon Style::standardIcon(StandardPixmap which, const QStyleOption* option, const QWidget* widget) const {
  switch (which) {
    case SP_ArrowBack: return themeIcon(QStringLiteral("chevron-left"));
    case SP_ArrowForward: return themeIcon(QStringLiteral("chevron-right"));
    case SP_FileDialogToParent: return themeIcon(QStringLiteral("chevron-up"));
    case SP_FileDialogNewFolder: return themeIcon(QStringLiteral("plus"));
    case SP_FileDialogListView: return themeIcon(QStringLiteral("layout-grid"));
    case SP_FileDialogDetailedView: return themeIcon(QStringLiteral("table-2"));
    case SP_DirIcon:
    case SP_DirHomeIcon:
    case SP_DirOpenIcon:
    case SP_DirClosedIcon:
    case SP_DirLinkIcon: return themeIcon(QStringLiteral("folder-open"));
    case SP_FileIcon:
    case SP_FileLinkIcon: return themeIcon(QStringLiteral("file"));
    case SP_ComputerIcon:
    case SP_DriveHDIcon: return themeIcon(QStringLiteral("server"));
    default: return QProxyStyle::standardIcon(which, option, widget);
  }
}

QPixmap Style::generatedIconPixmap(QIcon::Mode /*mode*/, const QPixmap& pixmap, const QStyleOption* /*option*/) const {
  return pixmap;  // icons know their colours; Fusion would tint them
}

}  // namespace weir::designer
