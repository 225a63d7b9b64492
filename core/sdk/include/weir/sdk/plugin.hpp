// WEIR_PLUGIN(weir::declare<Filter>("filter"), weir::declare<Select>("select"))
//
// exports the one symbol of a plugin library. Each class derives from Processor, Sink, Source, Format, ScalarFunction
// or Aggregate, and is constructed from a const CreateInfo&. The names are those of plugin.json.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <optional>

#include "weir/abi/plugin.h"
#include "weir/sdk/function_trampolines.hpp"
#include "weir/sdk/guarded.hpp"
#include "weir/sdk/known_part.hpp"
#include "weir/sdk/operators.hpp"

namespace weir {
namespace detail {

// What needs nothing newer is stamped with this.
inline constexpr std::uint16_t kFirstMinor = 1;

// The minor that a class needs: what it says, and what can be seen of it.
template <typename T>
constexpr bool overridesWake() {
  if constexpr (!std::derived_from<T, Processor>) {
    return false;
  } else if constexpr (requires { &T::onWake; }) {
    return !std::same_as<decltype(&T::onWake), decltype(&Processor::onWake)>;
  } else {
    return true;  // it is not public in T, as it is in Processor
  }
}
template <typename T>
constexpr bool overridesPrepare() {
  if constexpr (!std::derived_from<T, Format>) {
    return false;
  } else if constexpr (requires { &T::prepare; }) {
    return !std::same_as<decltype(&T::prepare), decltype(&Format::prepare)>;
  } else {
    return true;
  }
}
template <typename T>
constexpr bool yields() {
  if constexpr (requires { T::kYields; }) return T::kYields;
  return false;
}
template <typename T>
constexpr std::uint16_t minorOf() {
  std::uint16_t minor = kFirstMinor;
  if constexpr (requires { T::kAbiMinor; }) minor = T::kAbiMinor;
  return std::max<std::uint16_t>(minor, overridesWake<T>() || overridesPrepare<T>() ? 2 : kFirstMinor);
}

// An operator with its context. `T` is made last and destroyed first.
template <typename T>
struct Instance {
  explicit Instance(const weir_create_info& info) : context(info.host, info.context), op(CreateInfo(info, context)) {}
  Context context;
  T op;
  bool started = false;
  // Formats: what the last call lent to the host.
  MalformedRecords malformed;
  RecordWriter written;
};

// Stores that can be read, then recover, then start.
template <typename T>
void start(Instance<T>& self, std::string_view blob) {
  for (StoreHooks* store : self.context.stores()) store->load();
  if constexpr (!std::derived_from<T, Format>) self.op.recover(blob);
  self.op.start();
  self.started = true;
}

// Calls of one instance: the body, and then the housekeeping of its stores.
template <typename T, typename F>
weir_status call(void* raw, F&& body) noexcept {
  auto* self = static_cast<Instance<T>*>(raw);
  return guarded(&self->context.host(), self->context.handle(), [&]() -> weir_status {
    self->context.beginCall();
    if (!self->started) start(*self, std::string_view());
    const weir_status status = body(*self);
    std::int64_t wake = INT64_MAX;
    for (StoreHooks* store : self->context.stores()) {
      store->trim();
      wake = std::min(wake, store->nextWake());
    }
    if (wake != INT64_MAX) self->context.wakeAt(wake);
    return status;
  });
}

// What a host of minor 1 understands of it: there nothing is committed before an operator has sent everything.
inline weir_status answer(const Context& context, Flow flow) {
  if (flow == Flow::More && context.host().abi_minor < 2) return WEIR_HAVE_OUTPUT;
  return static_cast<weir_status>(flow);
}
// Of prepareCommit and committed.
template <typename T>
weir_status answerReady(bool ready) {
  if (ready) return WEIR_OK;
  if (minorOf<T>() >= 2) return WEIR_BLOCKED;
  throw FatalError(
      "The operator answers false to a commit, which hosts of minor 1 do not know: its class needs "
      "`static constexpr int kAbiMinor = 2`.");
}

// Of a reader that has no chunk.
template <typename T>
weir_status answerRead(ReadResult result) {
  if (result == ReadResult::SchemaChanged && minorOf<T>() < 2) {
    throw FatalError(
        "The source says that its schema has changed, which hosts of minor 1 do not know: its class needs `static "
        "constexpr int kAbiMinor = 2`.");
  }
  return static_cast<weir_status>(result);
}

template <typename T>
struct Trampolines {
  static weir_status create(const weir_create_info* info, void** instance) noexcept {
    return guarded(info->host, info->context, [&]() -> weir_status {
      *instance = new Instance<T>(*info);
      return WEIR_OK;
    });
  }
  static void destroy(void* instance) noexcept { delete static_cast<Instance<T>*>(instance); }
  static weir_status deriveSchema(const weir_create_info* info, ArrowSchema* outputs, std::size_t count) noexcept {
    return guarded(info->host, info->context, [&]() -> weir_status {
      Context context(info->host, info->context);
      const std::vector<Schema> schemas = T::deriveSchema(CreateInfo(*info, context));
      if (schemas.size() != count) {
        throw FatalError("deriveSchema gave " + std::to_string(schemas.size()) + " schemas, but the manifest has " +
                         std::to_string(count) + " output ports.");
      }
      for (std::size_t i = 0; i < count; ++i) outputs[i] = exportSchema(schemas[i]);
      return WEIR_OK;
    });
  }
  static weir_status process(void* instance, std::uint32_t port, const weir_batch* batch) noexcept {
    return call<T>(instance,
                   [&](Instance<T>& self) { return answer(self.context, self.op.process(port, Batch::share(batch))); });
  }
  static weir_status resume(void* instance) noexcept {
    return call<T>(instance, [&](Instance<T>& self) { return answer(self.context, self.op.resume()); });
  }
  static weir_status onWake(void* instance) noexcept {
    return call<T>(instance, [&](Instance<T>& self) { return answer(self.context, self.op.onWake()); });
  }
  static weir_status onTimer(void* instance, std::int64_t now) noexcept {
    return call<T>(instance, [&](Instance<T>& self) -> weir_status {
      if constexpr (std::derived_from<T, Processor>) {
        return answer(self.context, self.op.onTimer(now));
      } else {
        self.op.onTimer(now);
        return WEIR_OK;
      }
    });
  }
  static weir_status drain(void* instance, std::int64_t deadline) noexcept {
    return call<T>(instance,
                   [&](Instance<T>& self) -> weir_status { return self.op.drain(deadline) ? WEIR_OK : WEIR_BLOCKED; });
  }
  static void cancel(void* instance) noexcept {
    auto* self = static_cast<Instance<T>*>(instance);
    guarded(&self->context.host(), self->context.handle(), [&]() -> weir_status {
      self->op.cancel();
      return WEIR_OK;
    });
  }
  static weir_status prepareCommit(void* instance, std::uint64_t epoch) noexcept {
    return call<T>(instance, [&](Instance<T>& self) -> weir_status {
      if (!self.op.prepareCommit(epoch)) return answerReady<T>(false);
      for (StoreHooks* store : self.context.stores()) store->prepareCommit(epoch);
      return WEIR_OK;
    });
  }
  static weir_status committed(void* instance, std::uint64_t epoch) noexcept {
    return call<T>(instance, [&](Instance<T>& self) -> weir_status {
      for (StoreHooks* store : self.context.stores()) store->committed(epoch);
      return answerReady<T>(self.op.committed(epoch));
    });
  }
  static weir_status abort(void* instance, std::uint64_t epoch) noexcept {
    auto* self = static_cast<Instance<T>*>(instance);
    return guarded(&self->context.host(), self->context.handle(), [&]() -> weir_status {
      self->op.abort(epoch);
      return WEIR_OK;
    });
  }
  static weir_status recover(void* instance, weir_slice blob) noexcept {
    auto* self = static_cast<Instance<T>*>(instance);
    return guarded(&self->context.host(), self->context.handle(), [&]() -> weir_status {
      if (!self->started) {
        start(*self, toView(blob));
      } else {
        self->op.recover(toView(blob));
      }
      return call<T>(instance, [](Instance<T>&) -> weir_status { return WEIR_OK; });  // looks after the stores
    });
  }
  static const void* extension(void* instance, const char* id) noexcept {
    auto* self = static_cast<Instance<T>*>(instance);
    const void* found = nullptr;
    guarded(&self->context.host(), self->context.handle(), [&]() -> weir_status {
      found = self->op.extension(id);
      return WEIR_OK;
    });
    return found;
  }
};

// An open split. The position and the unreadable records that were lent last live here.
struct OpenSplit {
  std::unique_ptr<SplitReader> reader;
  std::string position;
  std::vector<UnreadableRecord> records;
  std::vector<weir_unreadable> unreadable;

  void lend(std::vector<UnreadableRecord> given) {
    records = std::move(given);
    unreadable.clear();
    for (const UnreadableRecord& record : records) {
      unreadable.push_back({toSlice(record.bytes), record.length, record.position, toSlice(record.reason)});
    }
  }
};

// What a chunk keeps alive until the host releases it.
struct ChunkOwner {
  std::unique_ptr<ChunkBuffer> buffer;
  std::vector<std::uint64_t> offsets;
  std::optional<OwnedColumn> keys;
  std::optional<OwnedColumn> headers;
  std::vector<std::int64_t> times;
};

template <typename T>
concept TellsChanges = requires(T& source, const SplitChanges& tell) {
  source.changes(tell);
};

template <typename T>
struct SourceTrampolines {
  static weir_status discover(void* instance, weir_split_receiver receiver, void* arg) noexcept {
    return call<T>(instance, [&](Instance<T>& self) -> weir_status {
      self.op.discover(SplitFound([&](std::string_view id, std::string_view name) {
        const weir_split split{sizeof(weir_split), 0, toSlice(id), toSlice({}), toSlice(name)};
        receiver(arg, &split);
      }));
      return WEIR_OK;
    });
  }
  static weir_status restoreSplit(void* instance, const weir_split* split) noexcept {
    return call<T>(instance, [&](Instance<T>& self) -> weir_status {
      const weir_split known = knownPart(split);
      self.op.restore({std::string(toView(known.id)), std::string(toView(known.position))});
      return WEIR_OK;
    });
  }
  static weir_status changes(void* instance, weir_change_receiver receiver, void* arg) noexcept {
    return call<T>(instance, [&](Instance<T>& self) -> weir_status {
      const auto telling = [&](weir_split_change change) {
        return SplitFound([receiver, arg, change](std::string_view id, std::string_view name) {
          const weir_split split{sizeof(weir_split), 0, toSlice(id), toSlice({}), toSlice(name)};
          receiver(arg, &split, change);
        });
      };
      if constexpr (TellsChanges<T>) self.op.changes({telling(WEIR_SPLIT_NEWS), telling(WEIR_SPLIT_GONE)});
      return WEIR_OK;
    });
  }
  static weir_status openSplit(void* instance, const weir_split* split, void** reader) noexcept {
    return call<T>(instance, [&](Instance<T>& self) -> weir_status {
      auto open = std::make_unique<OpenSplit>();
      const weir_split known = knownPart(split);
      open->reader = self.op.open({std::string(toView(known.id)), std::string(toView(known.position))});
      *reader = open.release();
      return WEIR_OK;
    });
  }
  static void closeSplit(void*, void* reader) noexcept { delete static_cast<OpenSplit*>(reader); }
  static weir_status read(void* instance, void* reader, std::int32_t untilEnd, weir_chunk* out) noexcept {
    return call<T>(instance, [&](Instance<T>&) -> weir_status {
      auto& open = *static_cast<OpenSplit*>(reader);
      Chunk chunk;
      const ReadResult result = open.reader->read(untilEnd != 0, chunk);
      if (result != ReadResult::Read) return answerRead<T>(result);
      open.position = std::move(chunk.position);
      weir_chunk given{};
      given.position = toSlice(open.position);
      given.begin = chunk.begin;
      given.watermark = chunk.watermark;
      open.lend(std::move(chunk.unreadable));
      given.unreadable_size = sizeof(weir_unreadable);
      given.unreadable = open.unreadable.data();
      given.unreadable_count = open.unreadable.size();
      if (chunk.batch) {
        given.batch = chunk.batch.leak();
        giveKnownPart(out, given);
        return WEIR_OK;
      }
      auto owner = std::make_unique<ChunkOwner>(ChunkOwner{std::move(chunk.buffer), std::move(chunk.offsets),
                                                           std::move(chunk.keys), std::move(chunk.headers),
                                                           std::move(chunk.times)});
      given.data = toSlice(chunk.data);
      if (!owner->offsets.empty()) {
        given.offsets = owner->offsets.data();
        given.record_count = owner->offsets.size() - 1;
      }
      if (owner->keys) given.keys = &owner->keys->array();
      if (owner->headers) given.headers = &owner->headers->array();
      if (!owner->times.empty()) given.times = owner->times.data();
      given.release = [](void* raw) { delete static_cast<ChunkOwner*>(raw); };
      given.owner = owner.release();
      giveKnownPart(out, given);
      return WEIR_OK;
    });
  }
  static weir_status splitCommitted(void* instance, void* reader, weir_slice position) noexcept {
    return call<T>(instance, [&](Instance<T>&) -> weir_status {
      static_cast<OpenSplit*>(reader)->reader->committed(toView(position));
      return WEIR_OK;
    });
  }
  static constexpr weir_source_api kApi{sizeof(weir_source_api),
                                        0,
                                        discover,
                                        openSplit,
                                        closeSplit,
                                        read,
                                        splitCommitted,
                                        restoreSplit,
                                        TellsChanges<T> ? changes : nullptr};
};

template <typename T>
struct FormatTrampolines {
  static weir_status decode(void* instance, weir_slice data, const std::uint64_t* offsets, std::size_t recordCount,
                            weir_decoded* out) noexcept {
    return call<T>(instance, [&](Instance<T>& self) -> weir_status {
      self.malformed.clear();
      Records records{toView(data), {}};
      if (offsets != nullptr) records.offsets = {offsets, recordCount + 1};
      Batch batch = self.op.decode(records, self.malformed);
      const std::vector<weir_malformed>& malformed = self.malformed.entries();
      giveKnownPart(out, {0, sizeof(weir_malformed), batch.leak(), malformed.data(), malformed.size()});
      return WEIR_OK;
    });
  }
  static weir_status encode(void* instance, const weir_batch* batch, weir_encoded* out) noexcept {
    return call<T>(instance, [&](Instance<T>& self) -> weir_status {
      self.written.clear();
      self.op.encode(Batch::share(batch), self.written);
      giveKnownPart(
          out, {0, 0, toSlice(self.written.bytes).data, self.written.offsets.data(), self.written.offsets.size() - 1});
      return WEIR_OK;
    });
  }
  static weir_status prepare(void* instance, weir_slice data, const std::uint64_t* offsets,
                             std::size_t recordCount) noexcept {
    return call<T>(instance, [&](Instance<T>& self) -> weir_status {
      Records records{toView(data), {}};
      if (offsets != nullptr) records.offsets = {offsets, recordCount + 1};
      return self.op.prepare(records) ? WEIR_OK : WEIR_BLOCKED;
    });
  }
  static constexpr weir_format_api kApi{sizeof(weir_format_api), 0, decode, encode,
                                        overridesPrepare<T>() ? prepare : nullptr};
};

template <typename T>
concept DerivesSchema = requires(const CreateInfo& info) {
  { T::deriveSchema(info) } -> std::convertible_to<std::vector<Schema>>;
};

// An operator of a plugin, and the minor of the ABI that it needs.
struct Declaration {
  weir_operator table;
  std::uint16_t minor;
};

template <std::size_t N>
constexpr std::array<const weir_operator*, N> pointersTo(const Declaration (&operators)[N]) {
  std::array<const weir_operator*, N> pointers{};
  for (std::size_t i = 0; i < N; ++i) pointers[i] = &operators[i].table;
  return pointers;
}
template <std::size_t N>
constexpr std::uint16_t neededMinor(const Declaration (&operators)[N]) {
  std::uint16_t minor = kFirstMinor;
  for (const Declaration& declaration : operators) minor = std::max(minor, declaration.minor);
  return minor;
}

}  // namespace detail

// The table of one class, for WEIR_PLUGIN.
template <typename T>
requires std::derived_from<T, Pure>
constexpr detail::Declaration declare(const char* id) {
  weir_operator out{};
  out.struct_size = sizeof(weir_operator);
  out.id = id;
  out.create = detail::PureTrampolines<T>::create;
  out.destroy = detail::PureTrampolines<T>::destroy;
  if constexpr (std::derived_from<T, ScalarFunction>) {
    out.kind = WEIR_KIND_FUNCTION;
    out.function = &detail::FunctionTrampolines<T>::kApi;
  } else {
    static_assert(std::derived_from<T, Aggregate>, "derive from weir::ScalarFunction or weir::Aggregate");
    out.kind = WEIR_KIND_AGGREGATE;
    out.aggregate = &detail::AggregateTrampolines<T>::kApi;
  }
  constexpr std::uint16_t kPureMinor = 2;
  return {out, kPureMinor};
}

template <typename T>
requires(!std::derived_from<T, Pure>) constexpr detail::Declaration declare(const char* id) {
  static_assert(std::derived_from<T, Processor> || std::derived_from<T, Source> || std::derived_from<T, Format>,
                "an operator derives from weir::Processor, weir::Sink, weir::Source or weir::Format");
  using Calls = detail::Trampolines<T>;
  weir_operator out{};
  out.struct_size = sizeof(weir_operator);
  out.id = id;
  out.create = Calls::create;
  out.destroy = Calls::destroy;
  if constexpr (detail::DerivesSchema<T>) out.derive_schema = Calls::deriveSchema;
  if constexpr (std::derived_from<T, Format>) {
    out.kind = WEIR_KIND_FORMAT;
    out.cancel = Calls::cancel;
    out.format = &detail::FormatTrampolines<T>::kApi;
  } else {
    out.on_timer = Calls::onTimer;
    out.drain = Calls::drain;
    out.cancel = Calls::cancel;
    out.prepare_commit = Calls::prepareCommit;
    out.committed = Calls::committed;
    out.recover = Calls::recover;
    out.abort = Calls::abort;
  }
  if constexpr (std::derived_from<T, Source>) {
    out.kind = WEIR_KIND_SOURCE;
    out.source = &detail::SourceTrampolines<T>::kApi;
  }
  if constexpr (std::derived_from<T, Processor>) {
    out.kind = std::derived_from<T, Sink> ? WEIR_KIND_SINK : WEIR_KIND_PROCESSOR;
    out.process = Calls::process;
    out.resume = Calls::resume;
    if constexpr (detail::overridesWake<T>()) out.on_wake = Calls::onWake;
    if constexpr (detail::yields<T>()) out.flags |= WEIR_YIELDS;
  }
  out.get_extension = Calls::extension;
  return {out, detail::minorOf<T>()};
}

}  // namespace weir

// Everything here is constant: readable before any function of the library runs.
#define WEIR_PLUGIN(...)                                                                          \
  static constexpr weir::detail::Declaration weirPluginOperators[] = {__VA_ARGS__};               \
  static constexpr auto weirPluginPointers = weir::detail::pointersTo(weirPluginOperators);       \
  extern "C" {                                                                                    \
  extern WEIR_EXPORT const weir_plugin_info weir_plugin;                                          \
  constinit const weir_plugin_info weir_plugin = {sizeof(weir_plugin_info),                       \
                                                  WEIR_ABI_MAJOR,                                 \
                                                  weir::detail::neededMinor(weirPluginOperators), \
                                                  weirPluginPointers.data(),                      \
                                                  weirPluginPointers.size(),                      \
                                                  WEIR_ABI_MINOR,                                 \
                                                  0};                                             \
  }
