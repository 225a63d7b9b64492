#include "tests/session/designer_session.hpp"

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QFileDialog>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStyle>
#include <QStyleOptionViewItem>
#include <QTableView>
#include <QToolButton>
#include <QWindow>

#include "designer/model/edits/paths.hpp"
#include "designer/model/help/form.hpp"
#include "designer/model/help/form_topology.hpp"
#include "designer/ui/panels/fields/field_box.hpp"
#include "designer/ui/panels/inspector/inspector_head.hpp"
#include "designer/ui/panels/inspector/inspector_panel.hpp"
#include "designer/ui/panels/palette/palette_panel.hpp"
#include "designer/ui/shell/documents/document_area.hpp"
#include "designer/ui/shell/window/main_window.hpp"
#include "tests/program/places.hpp"

namespace weir::designer {

namespace {

constexpr QSize kWindow(1440, 900);

using Found = std::optional<QPoint>;

// Nothing when that point of the widget is scrolled away or covered.
Found onScreen(const QWidget* widget, QPoint at) {
  if (widget == nullptr || !widget->isVisible() || !widget->visibleRegion().contains(at)) return {};
  return widget->mapToGlobal(at);
}

Found middleOf(const QWidget* widget) {
  return widget == nullptr ? Found() : onScreen(widget, widget->rect().center());
}

Found rowOf(const QAbstractItemView& view, const QModelIndex& index) {
  return index.isValid() ? onScreen(view.viewport(), view.visualRect(index).center()) : Found();
}

Found rowNamed(const QAbstractItemView& view, const QString& words) {
  const QAbstractItemModel& model = *view.model();
  for (int row = 0; row < model.rowCount(); ++row) {
    const QModelIndex index = model.index(row, 0);
    if (index.data().toString() == words && (index.flags() & Qt::ItemIsEnabled)) return rowOf(view, index);
  }
  return {};
}

QString plain(QString words) {
  return words.remove('&').section('\t', 0, 0);
}

}  // namespace

DesignerSession::DesignerSession()
    : settings_(folder_.filePath("settings.ini")),
      designer_(settings_,
                {.recoveryFolder = folder_.filePath("recovery"), .besideFolder = weir::places::inBuild("bin")}) {
  qApp->installEventFilter(this);
  settings_.setReducedMotion(true);
  designer_.start({});
  window().setGeometry(QRect(QPoint(), kWindow));
}

// Nobody closes the windows: what they show must not outlive what it stands on.
DesignerSession::~DesignerSession() {
  for (MainWindow* const window : designer_.windows().all()) delete window;
}

bool DesignerSession::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Expose) {
    if (auto* const shown = qobject_cast<QWindow*>(watched)) {
      const bool takesKeys = shown->type() == Qt::Window || shown->type() == Qt::Dialog;
      if (takesKeys && shown->isExposed() && QGuiApplication::focusWindow() != shown &&
          (QGuiApplication::modalWindow() == nullptr || QGuiApplication::modalWindow() == shown)) {
        shown->requestActivate();
      }
    }
  }
  return QObject::eventFilter(watched, event);
}

MainWindow& DesignerSession::window() const {
  return *const_cast<DesignerApp&>(designer_).windows().all().first();
}

CanvasView& DesignerSession::canvas() const {
  return *qobject_cast<CanvasView*>(window().documents().current()->content());
}

InspectorPanel& DesignerSession::inspector() const {
  return *window().findChild<InspectorPanel*>();
}

json::Value DesignerSession::value(const std::string& id, const std::string& path) const {
  const topology::Topology& topology = canvas().document().topology();
  if (!id.empty() || !path.starts_with("params.")) return valueAt(topology, id, path);
  for (const FormField& list : topologyForm(topology, {}).fields) {
    for (const std::vector<FormField>& item : list.items) {
      for (const FormField& field : item) {
        if (field.path == path) return field.value;
      }
    }
  }
  return {};
}

bool DesignerSession::connected(const std::string& wire) const {
  for (const auto& edge : canvas().document().topology().edges) {
    if (edge->from.value + " -> " + edge->to.value == wire) return true;
  }
  return false;
}

User::Where DesignerSession::paletteRow(const QString& title) const {
  return [this, title] { return rowNamed(window().findChild<PalettePanel*>()->list(), title); };
}

User::Where DesignerSession::canvasAt(double x, double y) const {
  return [this, x, y] {
    const QWidget& view = *canvas().viewport();
    return Found(view.mapToGlobal(QPoint(qRound(x * view.width()), qRound(y * view.height()))));
  };
}

User::Where DesignerSession::node(const std::string& id) const {
  return [this, id]() -> Found {
    const PlacedNode* const placed = canvas().placed().node(id);
    if (placed == nullptr) return {};
    return onScreen(canvas().viewport(), canvas().mapFromScene(placed->rect.center()));
  };
}

User::Where DesignerSession::input(const std::string& id, const std::string& port) const {
  return [this, at = PortRef{id, port, false}] {
    return onScreen(canvas().viewport(), canvas().mapFromScene(canvas().placed().pointOf(at)));
  };
}

User::Where DesignerSession::output(const std::string& id, const std::string& port) const {
  return [this, at = PortRef{id, port, true}] {
    return onScreen(canvas().viewport(), canvas().mapFromScene(canvas().placed().pointOf(at)));
  };
}

QWidget* DesignerSession::fieldWidget(const std::string& path) const {
  for (const FieldBox* const box : inspector().findChildren<FieldBox*>()) {
    if (box->path() != path || !box->isVisible()) continue;
    for (QWidget* const child : const_cast<FieldBox*>(box)->editor().findChildren<QWidget*>()) {
      const bool edits = qobject_cast<QLineEdit*>(child) != nullptr || qobject_cast<QComboBox*>(child) != nullptr ||
                         qobject_cast<QPlainTextEdit*>(child) != nullptr;
      if (edits && child->isVisible()) return child;
    }
  }
  return nullptr;
}

User::Where DesignerSession::field(const std::string& path) const {
  return [this, path] { return middleOf(fieldWidget(path)); };
}

User::Where DesignerSession::arrow(const std::string& path) const {
  return [this, path]() -> Found {
    const auto* const box = qobject_cast<QComboBox*>(fieldWidget(path));
    return box == nullptr ? Found() : onScreen(box, QPoint(box->width() - box->height() / 2, box->height() / 2));
  };
}

QWidget* DesignerSession::button(const std::string& path, const QString& words) const {
  for (FieldBox* const box : inspector().findChildren<FieldBox*>()) {
    if (box->path() != path || !box->isVisible()) continue;
    for (QAbstractButton* const button : box->findChildren<QAbstractButton*>()) {
      if (button->text() == words || button->accessibleName() == words) return button;
    }
  }
  return nullptr;
}

QWidget* DesignerSession::moreSettings() const {
  for (QToolButton* const button : inspector().findChildren<QToolButton*>()) {
    if (button->text() == "More settings") return button;
  }
  return nullptr;
}

bool DesignerSession::hasFocus(const QWidget* widget) const {
  const QWidget* const focus = QApplication::focusWidget();
  return widget != nullptr && (widget == focus || widget->isAncestorOf(focus));
}

User::Where DesignerSession::buttonIn(const std::string& path, const QString& words) const {
  return [this, path, words] { return middleOf(button(path, words)); };
}

User::Where DesignerSession::more() const {
  return [this] { return middleOf(moreSettings()); };
}

User::Where DesignerSession::cell(const std::string& path, int row, int column) const {
  return [this, path, row, column]() -> Found {
    for (FieldBox* const box : inspector().findChildren<FieldBox*>()) {
      if (box->path() != path || !box->isVisible()) continue;
      auto* const table = box->findChild<QTableView*>();
      if (table == nullptr) continue;
      const QModelIndex index = table->model()->index(row, column);
      if (!index.data(Qt::CheckStateRole).isValid()) return rowOf(*table, index);
      QStyleOptionViewItem option;
      option.rect = table->visualRect(index);
      option.features = QStyleOptionViewItem::HasCheckIndicator;
      option.widget = table;
      const QStyle& style = *table->style();
      return onScreen(table->viewport(),
                      style.subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &option, table).center());
    }
    return {};
  };
}

User::Where DesignerSession::idField() const {
  return [this] { return middleOf(&inspector().head().id()); };
}

User::Where DesignerSession::nameField() const {
  return [this] { return middleOf(&inspector().head().name()); };
}

User::Where DesignerSession::form() const {
  return [this]() -> Found {
    for (const QScrollArea* const area : inspector().findChildren<QScrollArea*>()) {
      if (area->isVisible()) return area->mapToGlobal(area->rect().center());
    }
    return {};
  };
}

User::Where DesignerSession::popupRow(const QString& words) const {
  return [words]() -> Found {
    for (const QWidget* const window : QApplication::topLevelWidgets()) {
      if (!window->isVisible() || window->windowType() != Qt::Popup) continue;
      if (const auto* const list = window->findChild<QAbstractItemView*>()) return rowNamed(*list, words);
    }
    return {};
  };
}

User::Where DesignerSession::menu(const QString& title) const {
  return [this, title]() -> Found {
    QMenuBar& bar = *window().menuBar();
    for (QAction* const action : bar.actions()) {
      if (plain(action->text()) == title) return onScreen(&bar, bar.actionGeometry(action).center());
    }
    return {};
  };
}

User::Where DesignerSession::menuEntry(const QString& words) const {
  return [words]() -> Found {
    auto* const menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    if (menu == nullptr) return {};
    for (QAction* const action : menu->actions()) {
      if (plain(action->text()) == words && action->isEnabled()) {
        return onScreen(menu, menu->actionGeometry(action).center());
      }
    }
    return {};
  };
}

User::Where DesignerSession::dialogButton(const QString& words) const {
  return [words]() -> Found {
    const QWidget* const dialog = QApplication::activeModalWidget();
    if (dialog == nullptr) return {};
    for (const QPushButton* const button : dialog->findChildren<QPushButton*>()) {
      if (plain(button->text()) == words && button->isEnabled()) return middleOf(button);
    }
    return {};
  };
}

User::Where DesignerSession::dialogLine() const {
  return []() -> Found {
    const QWidget* const dialog = QApplication::activeModalWidget();
    return dialog == nullptr ? Found() : middleOf(dialog->findChild<QLineEdit*>("fileNameEdit"));
  };
}

}  // namespace weir::designer
