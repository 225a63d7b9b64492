/* Prints where every member of the C ABI lies, and every value of its enumerations.
 *
 *   abi_layout --check FILE    compares with a record; --record FILE   writes one */
#include <stdio.h>
#include <string.h>

#include "weir/abi/plugin.h"

static char text[65536];
static size_t used;
static size_t covered; /* end of the last member */
static int holes;

static void line(const char* format, const char* name, const char* member, size_t a, size_t b) {
  used += (size_t)snprintf(text + used, sizeof text - used, format, name, member, a, b);
}

static void member(const char* type, const char* name, size_t offset, size_t size) {
  if (offset > covered + 7 || offset < covered) {
    fprintf(stderr, "%s: there is an unlisted member before %s: add it to abi_layout.c.\n", type, name);
    holes = 1;
  }
  covered = offset + size;
  line("  %s.%s offset %zu size %zu\n", type, name, offset, size);
}

static void structEnd(const char* type, size_t size) {
  if (size > covered + 7) {
    fprintf(stderr, "%s: there is an unlisted member at its end: add it to abi_layout.c.\n", type);
    holes = 1;
  }
  line("%s%s size %zu%.0zu\n", type, "", size, (size_t)0);
  covered = 0;
}

#define M(type, name) member(#type, #name, offsetof(type, name), sizeof(((type*)0)->name))
#define END(type) structEnd(#type, sizeof(type))
#define VALUE(name) used += (size_t)snprintf(text + used, sizeof text - used, "%s = %lld\n", #name, (long long)(name))

static void structs(void) {
  M(weir_slice, data);
  M(weir_slice, size);
  END(weir_slice);
  M(weir_watermark_step, row);
  M(weir_watermark_step, watermark);
  END(weir_watermark_step);
  M(weir_batch, struct_size);
  M(weir_batch, reserved);
  M(weir_batch, row_count);
  M(weir_batch, schema);
  M(weir_batch, columns);
  M(weir_batch, event_time);
  M(weir_batch, key);
  M(weir_batch, headers);
  M(weir_batch, ops);
  M(weir_batch, selection);
  M(weir_batch, selection_count);
  M(weir_batch, steps);
  M(weir_batch, step_count);
  M(weir_batch, origin_steps);
  M(weir_batch, origin_step_count);
  M(weir_batch, retain);
  M(weir_batch, release);
  M(weir_batch, private_data);
  M(weir_batch, row_split);
  M(weir_batch, first_position);
  M(weir_batch, row_positions);
  M(weir_batch, port_steps);
  M(weir_batch, port_step_count);
  END(weir_batch);
  M(weir_state_entry, segment);
  M(weir_state_entry, key);
  M(weir_state_entry, value);
  END(weir_state_entry);
  M(weir_row_errors, struct_size);
  M(weir_row_errors, reserved);
  M(weir_row_errors, count);
  M(weir_row_errors, rows);
  M(weir_row_errors, reasons);
  END(weir_row_errors);
  M(weir_bytes, data);
  M(weir_bytes, size);
  M(weir_bytes, resize);
  M(weir_bytes, owner);
  END(weir_bytes);
  M(weir_grouped_rows, struct_size);
  M(weir_grouped_rows, reserved);
  M(weir_grouped_rows, arguments);
  M(weir_grouped_rows, rows);
  M(weir_grouped_rows, groups);
  M(weir_grouped_rows, count);
  M(weir_grouped_rows, states);
  M(weir_grouped_rows, state_count);
  END(weir_grouped_rows);
  M(weir_grouped_states, struct_size);
  M(weir_grouped_states, reserved);
  M(weir_grouped_states, others);
  M(weir_grouped_states, groups);
  M(weir_grouped_states, count);
  M(weir_grouped_states, states);
  M(weir_grouped_states, state_count);
  END(weir_grouped_states);
  M(weir_encoded, struct_size);
  M(weir_encoded, reserved);
  M(weir_encoded, data);
  M(weir_encoded, offsets);
  M(weir_encoded, count);
  END(weir_encoded);
  M(weir_host, struct_size);
  M(weir_host, abi_major);
  M(weir_host, abi_minor);
  M(weir_host, last_error);
  M(weir_host, set_error);
  M(weir_host, log);
  M(weir_host, now);
  M(weir_host, emit);
  M(weir_host, dead_letter);
  M(weir_host, wake);
  M(weir_host, wake_at);
  M(weir_host, metric_open);
  M(weir_host, metric_add);
  M(weir_host, state_open);
  M(weir_host, state_get_many);
  M(weir_host, state_scan);
  M(weir_host, state_segments);
  M(weir_host, state_put);
  M(weir_host, state_drop_below);
  M(weir_host, state_budget);
  M(weir_host, request_commit);
  M(weir_host, set_recovery);
  M(weir_host, expr_compile);
  M(weir_host, expr_evaluate);
  M(weir_host, expr_select);
  M(weir_host, format_open);
  M(weir_host, format_encode);
  M(weir_host, get_extension);
  M(weir_host, metric_set);
  M(weir_host, metric_record);
  M(weir_host, expr_compile_over);
  M(weir_host, format_open_with);
  M(weir_host, format_decode);
  M(weir_host, aggregate_open);
  M(weir_host, aggregate_add);
  M(weir_host, aggregate_merge);
  M(weir_host, aggregate_finish);
  END(weir_host);
  M(weir_config_api, struct_size);
  M(weir_config_api, reserved);
  M(weir_config_api, has);
  M(weir_config_api, size);
  M(weir_config_api, member);
  M(weir_config_api, text);
  M(weir_config_api, integer);
  M(weir_config_api, number);
  M(weir_config_api, boolean);
  END(weir_config_api);
  M(weir_create_info, struct_size);
  M(weir_create_info, stage);
  M(weir_create_info, host);
  M(weir_create_info, context);
  M(weir_create_info, config_api);
  M(weir_create_info, config);
  M(weir_create_info, input_schemas);
  M(weir_create_info, input_count);
  M(weir_create_info, output_schemas);
  M(weir_create_info, output_count);
  M(weir_create_info, task);
  M(weir_create_info, task_count);
  M(weir_create_info, until_end);
  M(weir_create_info, reserved);
  M(weir_create_info, node);
  M(weir_create_info, topology);
  M(weir_create_info, home);
  M(weir_create_info, incarnation);
  M(weir_create_info, last_epoch);
  END(weir_create_info);
  M(weir_split, struct_size);
  M(weir_split, reserved);
  M(weir_split, id);
  M(weir_split, position);
  M(weir_split, name);
  END(weir_split);
  M(weir_unreadable, bytes);
  M(weir_unreadable, length);
  M(weir_unreadable, position);
  M(weir_unreadable, reason);
  END(weir_unreadable);
  M(weir_chunk, struct_size);
  M(weir_chunk, unreadable_size);
  M(weir_chunk, data);
  M(weir_chunk, offsets);
  M(weir_chunk, record_count);
  M(weir_chunk, batch);
  M(weir_chunk, position);
  M(weir_chunk, begin);
  M(weir_chunk, release);
  M(weir_chunk, owner);
  M(weir_chunk, unreadable);
  M(weir_chunk, unreadable_count);
  M(weir_chunk, keys);
  M(weir_chunk, headers);
  M(weir_chunk, times);
  M(weir_chunk, watermark);
  END(weir_chunk);
  M(weir_source_api, struct_size);
  M(weir_source_api, reserved);
  M(weir_source_api, discover);
  M(weir_source_api, open_split);
  M(weir_source_api, close_split);
  M(weir_source_api, read);
  M(weir_source_api, split_committed);
  M(weir_source_api, restore_split);
  M(weir_source_api, changes);
  END(weir_source_api);
  M(weir_malformed, begin);
  M(weir_malformed, end);
  M(weir_malformed, reason);
  END(weir_malformed);
  M(weir_decoded, struct_size);
  M(weir_decoded, malformed_size);
  M(weir_decoded, batch);
  M(weir_decoded, malformed);
  M(weir_decoded, malformed_count);
  END(weir_decoded);
  M(weir_format_api, struct_size);
  M(weir_format_api, reserved);
  M(weir_format_api, decode);
  M(weir_format_api, encode);
  M(weir_format_api, prepare);
  END(weir_format_api);
  M(weir_function_api, struct_size);
  M(weir_function_api, reserved);
  M(weir_function_api, evaluate);
  END(weir_function_api);
  M(weir_aggregate_api, struct_size);
  M(weir_aggregate_api, reserved);
  M(weir_aggregate_api, add);
  M(weir_aggregate_api, merge);
  M(weir_aggregate_api, finish);
  END(weir_aggregate_api);
  M(weir_operator, struct_size);
  M(weir_operator, kind);
  M(weir_operator, id);
  M(weir_operator, derive_schema);
  M(weir_operator, create);
  M(weir_operator, destroy);
  M(weir_operator, process);
  M(weir_operator, resume);
  M(weir_operator, on_timer);
  M(weir_operator, drain);
  M(weir_operator, cancel);
  M(weir_operator, prepare_commit);
  M(weir_operator, committed);
  M(weir_operator, recover);
  M(weir_operator, source);
  M(weir_operator, format);
  M(weir_operator, get_extension);
  M(weir_operator, flags);
  M(weir_operator, reserved);
  M(weir_operator, on_wake);
  M(weir_operator, abort);
  M(weir_operator, function);
  M(weir_operator, aggregate);
  END(weir_operator);
  M(weir_plugin_info, struct_size);
  M(weir_plugin_info, abi_major);
  M(weir_plugin_info, abi_minor);
  M(weir_plugin_info, operators);
  M(weir_plugin_info, operator_count);
  M(weir_plugin_info, sdk_minor);
  M(weir_plugin_info, reserved);
  END(weir_plugin_info);
}

static void values(void) {
  VALUE(WEIR_ABI_MAJOR);
  VALUE(WEIR_ABI_MINOR);
  VALUE(WEIR_NO_TIME);
  VALUE(WEIR_WATERMARK_MIN);
  VALUE(WEIR_WATERMARK_MAX);
  VALUE(WEIR_OP_INSERT);
  VALUE(WEIR_OP_UPDATE_BEFORE);
  VALUE(WEIR_OP_UPDATE_AFTER);
  VALUE(WEIR_OP_DELETE);
  VALUE(WEIR_OK);
  VALUE(WEIR_HAVE_OUTPUT);
  VALUE(WEIR_BLOCKED);
  VALUE(WEIR_FULL);
  VALUE(WEIR_IDLE);
  VALUE(WEIR_END);
  VALUE(WEIR_MORE);
  VALUE(WEIR_SCHEMA_CHANGED);
  VALUE(WEIR_ERROR_CONFIG);
  VALUE(WEIR_ERROR_RETRYABLE);
  VALUE(WEIR_ERROR_POISON);
  VALUE(WEIR_ERROR_FATAL);
  VALUE(WEIR_ERROR_UNSUPPORTED);
  VALUE(WEIR_LOG_DEBUG);
  VALUE(WEIR_LOG_INFO);
  VALUE(WEIR_LOG_WARNING);
  VALUE(WEIR_LOG_ERROR);
  VALUE(WEIR_LOG_MISBEHAVIOUR);
  VALUE(WEIR_KIND_SOURCE);
  VALUE(WEIR_KIND_PROCESSOR);
  VALUE(WEIR_KIND_SINK);
  VALUE(WEIR_KIND_FORMAT);
  VALUE(WEIR_KIND_FUNCTION);
  VALUE(WEIR_KIND_AGGREGATE);
  VALUE(WEIR_NO_ROW);
  VALUE(WEIR_YIELDS);
  VALUE(WEIR_STAGE_WHOLE);
  VALUE(WEIR_STAGE_PARTIAL);
  VALUE(WEIR_STAGE_FINAL);
  VALUE(WEIR_SPLIT_NEWS);
  VALUE(WEIR_SPLIT_GONE);
}

int main(int argc, char** argv) {
  static char recorded[sizeof text];
  FILE* file;
  if (argc != 3) return 2;
  structs();
  values();
  if (holes) return 1;
  if (strcmp(argv[1], "--record") == 0) {
    file = fopen(argv[2], "w");
    if (file == NULL || fwrite(text, 1, used, file) != used || fclose(file) != 0) return 1;
    return 0;
  }
  file = fopen(argv[2], "r");
  if (file != NULL) {
    (void)!fread(recorded, 1, sizeof recorded - 1, file);
    fclose(file);
  }
  if (strcmp(recorded, text) == 0) return 0;
  {
    const char* have = text;
    const char* want = recorded;
    while (*have == *want) ++have, ++want;
    while (have > text && have[-1] != '\n') --have, --want;
    printf("The layout of the C ABI is not the recorded one any more. Recorded:\n  %.*s\nNow:\n  %.*s\n",
           (int)strcspn(want, "\n"), want, (int)strcspn(have, "\n"), have);
  }
  printf(
      "Plugins that exist would break. Members may only be added at the end of a struct, with a new minor\n"
      "version; where that is what you did, record it on purpose:\n  %s --record %s\n",
      argv[0], argv[2]);
  return 1;
}
