#include "plugins/window/plugin_rows.hpp"

namespace weir::window {

void PluginRows::add() {
  for (const Aggregates::PluginPlace& plugin : aggregates_.plugins()) {
    Aggregate& aggregate = aggregates_.at(plugin.aggregate);
    aggregate.plugin().add(aggregate.arguments(), rows_, groups_, statesOf(plugin.cell));
  }
}

void PluginRows::merge() {
  for (const Aggregates::PluginPlace& plugin : aggregates_.plugins()) {
    slices_.clear();
    for (const Group& other : others_) {
      const auto* const state = std::get_if<std::string>(&other.cells.at(plugin.cell).value);
      if (state == nullptr) throw FatalError("A partial stage has sent a group without the state of an aggregate.");
      slices_.push_back(toSlice(*state));
    }
    aggregates_.at(plugin.aggregate).plugin().merge(slices_, groups_, statesOf(plugin.cell));
  }
}

void PluginResults::note(const Group& group) {
  const std::vector<Aggregates::PluginPlace>& plugins = aggregates_.plugins();
  states_.resize(plugins.size());
  for (std::size_t i = 0; i < plugins.size(); ++i) {
    const auto* const state =
        group.cells.empty() ? nullptr : std::get_if<std::string>(&group.cells[plugins[i].cell].value);
    states_[i].push_back(state == nullptr ? std::string() : *state);
    bytes_ += states_[i].back().size();
  }
  count_ += plugins.empty() ? 0 : 1;
}

}  // namespace weir::window
