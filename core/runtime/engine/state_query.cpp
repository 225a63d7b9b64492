#include "core/runtime/engine/state_query.hpp"

#include <utility>

namespace weir::runtime {

namespace {

void post(Engine& engine, const TaskId& task, std::function<Result<StateEntries>(const TaskView&)> look,
          StateAnswer answer) {
  engine.post(task, [look = std::move(look), answer = std::move(answer)](const Result<TaskView>& view) {
    answer(view ? look(*view) : Result<StateEntries>(view.error()));
  });
}

}  // namespace

void readState(Engine& engine, StorePlace place, std::string key, StateAnswer answer) {
  const TaskId task = place.task;
  auto look = [place = std::move(place), key = std::move(key)](const TaskView& view) -> Result<StateEntries> {
    WEIR_TRY_ASSIGN(value, view.get(place.node, place.store, place.segment, key));
    StateEntries found;
    if (value) found.entries.push_back({key, std::move(*value)});
    return found;
  };
  post(engine, task, std::move(look), std::move(answer));
}

void scanState(Engine& engine, StorePlace place, std::string from, std::string to, std::size_t most,
               StateAnswer answer) {
  const TaskId task = place.task;
  auto look = [place = std::move(place), from = std::move(from), to = std::move(to),
               most](const TaskView& view) -> Result<StateEntries> {
    StateEntries found;
    const auto visit = [&](std::string_view key, std::string_view value) {
      found.more = found.entries.size() == most;
      if (!found.more) found.entries.push_back({std::string(key), std::string(value)});
      return !found.more;
    };
    WEIR_TRY(view.scan(place.node, place.store, place.segment, from, to, visit));
    return found;
  };
  post(engine, task, std::move(look), std::move(answer));
}

}  // namespace weir::runtime
