// The operator file.sink: rows as lines of a file, one file a task, exact by committed length.
#pragma once

#include "plugins/file/output_file.hpp"
#include "weir/sdk/operators.hpp"
#include "weir/sdk/services.hpp"

namespace weir::file {

// The path of a task's file: {task} becomes 0000, 0001 and so on.
std::string pathOfTask(std::string path, std::uint32_t task, std::uint32_t taskCount);

class FileSink final : public Sink {
 public:
  explicit FileSink(const CreateInfo& info);
  Flow process(std::size_t port, const Batch& batch) override;
  bool prepareCommit(std::uint64_t epoch) override;
  bool committed(std::uint64_t epoch) override;
  void recover(std::string_view blob) override;

 private:
  // Without a last commit nobody need call `recover`.
  OutputFile& output();
  void warnOfLeftBehind();

  FormatEncoder format_;
  OutputFile output_;
  bool recovered_ = false;
  bool warned_ = false;
};

}  // namespace weir::file
