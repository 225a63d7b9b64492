add_executable(bench_log log_bench.cpp)
target_link_libraries(bench_log PRIVATE weir_embedded)
weir_layer(bench_log tests)
