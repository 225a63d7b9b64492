// A file that holds exactly what has been committed to it, once its writer has recovered.
//
// Until the first commit it stands beside its place, as PATH.uncommitted, so that neither a file that was
// there before is lost nor a reader sees rows that may never be committed. From then on rows are appended to
// PATH; after a crash `recover` cuts off what was not committed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "descriptor.hpp"

namespace weir::file {

class OutputFile {
 public:
  enum class Existing : std::uint8_t { Refuse, Replace };

  OutputFile(std::string path, Existing existing);

  // Goes on from the last commit (idempotent), or begins anew when `blob` is empty.
  void recover(std::string_view blob);
  void append(std::string_view record);
  // Everything appended so far is durable when this returns: what `recover` needs to come back here.
  std::string prepareCommit();
  // The last blob is durable too.
  void committed();

  std::uint64_t length() const { return written_ + buffer_.size(); }

 private:
  void openFresh();
  void openCommitted(std::uint64_t length, std::string_view tailHash);
  bool tryOpen(const std::string& path);
  void lock(const std::string& path);
  void flush();
  void syncFolder();
  std::string tailHash(std::uint64_t length) const;
  [[noreturn]] void failWriting(const char* what) const;

  std::string path_;
  std::string beginning_;  // where it stands before the first commit
  Existing existing_;
  Descriptor file_;
  std::string buffer_;
  std::uint64_t written_ = 0;
  bool unsynced_ = false;
  bool prepared_ = false;
  bool inPlace_ = false;
};

}  // namespace weir::file
