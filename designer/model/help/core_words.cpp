#include "designer/model/help/core_words.hpp"

#include <QCoreApplication>
#include <algorithm>

namespace weir::designer {

namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Core)
};

// As core/catalog/standard_params.cpp and core/topology/model/topic_settings.cpp say them.
constexpr const char* kWords[] = {
    QT_TRANSLATE_NOOP("Core", "Format"),
    QT_TRANSLATE_NOOP("Core", "How the bytes become rows."),
    QT_TRANSLATE_NOOP("Core", "Schema"),
    QT_TRANSLATE_NOOP("Core", "The columns to read, with their types."),
    QT_TRANSLATE_NOOP("Core", "Event time"),
    QT_TRANSLATE_NOOP("Core", "When a row happened, and how far out of order."),
    QT_TRANSLATE_NOOP("Core", "Field"),
    QT_TRANSLATE_NOOP("Core", "A timestamp column."),
    QT_TRANSLATE_NOOP("Core", "Disorder"),
    QT_TRANSLATE_NOOP("Core", "How much older than the newest row before it a row may be and still be in time."),
    QT_TRANSLATE_NOOP("Core", "Most ahead"),
    // NOLINTNEXTLINE(bugprone-suspicious-missing-comma): one sentence on two lines
    QT_TRANSLATE_NOOP("Core",
                      "How far ahead of the clock a row may be when it is first read; one that is further is a "
                      "dead letter. \"none\": as far as it likes."),
    QT_TRANSLATE_NOOP("Core", "Tasks"),
    QT_TRANSLATE_NOOP("Core", "How many tasks share the splits."),
    QT_TRANSLATE_NOOP("Core", "Idle after"),
    QT_TRANSLATE_NOOP("Core", "A split that is silent for so long no longer holds time back. Without it: never."),
    QT_TRANSLATE_NOOP("Core", "Partitions"),
    QT_TRANSLATE_NOOP("Core", "How many tasks share the keys, when rows have to move. Without it: as many as before."),
    QT_TRANSLATE_NOOP("Core", "Topic"),
    QT_TRANSLATE_NOOP("Core", "Its name in the log. Without it: the id."),
    QT_TRANSLATE_NOOP("Core", "Note"),
    QT_TRANSLATE_NOOP("Core", "For people."),
    QT_TRANSLATE_NOOP("Core", "How many parts can be worked on at once."),
    QT_TRANSLATE_NOOP("Core", "Key"),
    QT_TRANSLATE_NOOP("Core", "Rows with equal values here go to the same partition."),
    QT_TRANSLATE_NOOP("Core", "Key format"),
    QT_TRANSLATE_NOOP("Core", "How the key is written, which places the rows."),
    QT_TRANSLATE_NOOP("Core", "Value format"),
    QT_TRANSLATE_NOOP("Core",
                      "Its rows are records of this format, for others to read and write. Without it: columns, which "
                      "only Weir reads, and faster."),
    QT_TRANSLATE_NOOP("Core", "Its columns; needed where nothing in the topology writes it."),
    QT_TRANSLATE_NOOP("Core", "Keep for"),
    QT_TRANSLATE_NOOP("Core",
                      "Rows that were written longer ago are removed, but for those that a reader of the home "
                      "has not read yet. Without it: kept."),
    QT_TRANSLATE_NOOP("Core", "Keep at most"),
    QT_TRANSLATE_NOOP("Core",
                      "Bytes of one partition, but for rows that a reader of the home has not read yet. "
                      "Without it: kept."),
    QT_TRANSLATE_NOOP("Core", "When rows are gone"),
    QT_TRANSLATE_NOOP(
        "Core", "What a reader does when rows that it had still to read are gone: stop, or count them and go on."),
    QT_TRANSLATE_NOOP("Core", "Was"),
    QT_TRANSLATE_NOOP("Core", "Ids that it had: who reads it goes on where it stood under them."),
    QT_TRANSLATE_NOOP("Core", "Table"),
    QT_TRANSLATE_NOOP(
        "Core", "Its rows change others: insert, update, delete. Needed where nothing in the topology writes it."),
    QT_TRANSLATE_NOOP("Core", "bytes"),
};

}  // namespace

QString coreWords(const std::string& utf8) {
  const bool own = std::any_of(std::begin(kWords), std::end(kWords), [&](const char* word) { return utf8 == word; });
  return own ? Words::tr(utf8.c_str()) : QString::fromStdString(utf8);
}

}  // namespace weir::designer
