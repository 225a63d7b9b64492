// What another program does to the file of a topology that is open, and what becomes of it.
#pragma once

#include <QObject>
#include <optional>

#include "designer/model/document/document.hpp"
#include "designer/model/file/topology_file.hpp"

namespace weir::designer {

// What is listed as changes when it is not what is unsaved. Null: the topology as it is.
struct Comparison {
  Snapshot before;
  Snapshot after;
  QString beforeTitle;
  QString afterTitle;
};

// GUI thread only. Where nothing is unsaved the file is read again, as one step that can be undone. Else the user
// decides, and sees before what taking theirs would change.
class OutsideChange : public QObject {
  Q_OBJECT

 public:
  enum class State : std::uint8_t {
    Nothing,
    Gone,        // the file is not there any more
    Read,        // it was read again
    Undecided,   // it differs, and so does what is unsaved here
    Unreadable,  // reason() says why
  };

  // Both must outlive this.
  OutsideChange(Document& document, TopologyFile& file, QObject* parent = nullptr);

  State state() const { return state_; }
  const QString& reason() const { return reason_; }
  // What to list: what was read, or what taking theirs would do. Nothing: what is unsaved.
  const std::optional<Comparison>& comparison() const { return comparison_; }

  void takeTheirs();
  void keepMine();
  // The topology is again what it was before it was read.
  void undoReading();
  // It is known: nothing is listed or said about it any more.
  void close();

 Q_SIGNALS:
  void changed();

 private:
  void onOutsideChange(bool gone);
  void become(State state, std::optional<Comparison> comparison = {});
  // Takes what is on disk; false: it cannot be read.
  bool read();

  Document& document_;
  TopologyFile& file_;
  State state_ = State::Nothing;
  QString reason_;
  std::optional<Comparison> comparison_;
};

}  // namespace weir::designer
