#include "core/adapters/embedded/files/posix_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "weir/sdk/refusal.hpp"

namespace weir::embedded {

namespace {

namespace fs = std::filesystem;

Error failed(const std::string& what, const std::string& path, int code, Access wanted = Access::Write) {
  if (code == ENOSPC || code == EDQUOT) {
    return retryableError("Disk full: cannot " + what + " " + path + ". Make space; it goes on when there is some.");
  }
  const std::string message = "Cannot " + what + " " + path + ": " + whyRefused(code, path, wanted);
  // Somebody has to permit it, or name another path.
  if (code == EACCES || code == EPERM || code == EROFS) return configError(message);
  return fatalError(message);
}

class PosixFile final : public runtime::File {
 public:
  PosixFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
  ~PosixFile() override { ::close(descriptor_); }
  PosixFile(const PosixFile&) = delete;
  PosixFile& operator=(const PosixFile&) = delete;

  Result<void> seekEnd() {
    WEIR_TRY_ASSIGN(end, size());
    size_ = end;
    return {};
  }

  Result<std::size_t> read(std::uint64_t position, std::span<std::byte> into) const override {
    std::size_t done = 0;
    while (done < into.size()) {
      const ssize_t count =
          ::pread(descriptor_, into.data() + done, into.size() - done, static_cast<off_t>(position + done));
      if (count == 0) break;
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return failed("read", path_, errno, Access::Read);
      done += static_cast<std::size_t>(count);
    }
    return done;
  }

  Result<void> append(std::span<const std::byte> bytes) override {
    const std::array<std::span<const std::byte>, 1> pieces = {bytes};
    return appendAll(pieces);
  }

  Result<void> appendAll(std::span<const std::span<const std::byte>> pieces) override {
    constexpr std::size_t kMost = 64;
    std::array<iovec, kMost> vectors;
    std::size_t piece = 0;
    std::size_t skip = 0;  // bytes of `piece` that are written already
    while (piece < pieces.size()) {
      std::size_t count = 0;
      for (std::size_t i = piece; i < pieces.size() && count < kMost; ++i, ++count) {
        const std::size_t from = i == piece ? skip : 0;
        vectors[count].iov_base = const_cast<std::byte*>(pieces[i].data() + from);
        vectors[count].iov_len = pieces[i].size() - from;
      }
      const ssize_t written =
          ::pwritev(descriptor_, vectors.data(), static_cast<int>(count), static_cast<off_t>(size_));
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return failed("write to", path_, errno);
      size_ += static_cast<std::uint64_t>(written);
      skip += static_cast<std::size_t>(written);
      while (piece < pieces.size() && skip >= pieces[piece].size()) skip -= pieces[piece++].size();
    }
    return {};
  }

  Result<std::uint64_t> size() const override {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) return failed("look at", path_, errno, Access::Read);
    return static_cast<std::uint64_t>(status.st_size);
  }

  Result<void> truncate(std::uint64_t size) override {
    if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) return failed("shorten", path_, errno);
    size_ = size;
    return {};
  }

  Result<void> sync() override {
    if (::fdatasync(descriptor_) != 0) return failed("sync", path_, errno);
    return {};
  }

 private:
  int descriptor_;
  std::string path_;
  std::uint64_t size_ = 0;  // where the next append goes
};

}  // namespace

Result<std::unique_ptr<runtime::File>> PosixFiles::open(const std::string& path, runtime::OpenMode mode) {
  const int flags = mode == runtime::OpenMode::Read ? O_RDONLY : O_RDWR | O_CREAT;
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, 0644);
  if (descriptor < 0) {
    Error error = failed("open", path, errno, mode == runtime::OpenMode::Read ? Access::Read : Access::Write);
    if (error.kind == ErrorKind::Fatal) error.kind = ErrorKind::Config;
    return error;
  }
  auto file = std::make_unique<PosixFile>(descriptor, path);
  WEIR_TRY(file->seekEnd());
  return std::unique_ptr<runtime::File>(std::move(file));
}

Result<bool> PosixFiles::exists(const std::string& path) const {
  std::error_code code;
  const bool found = fs::exists(path, code);
  if (code) return failed("look for", path, code.value(), Access::Read);
  return found;
}

Result<std::vector<std::string>> PosixFiles::list(const std::string& folder) const {
  std::error_code code;
  std::vector<std::string> names;
  for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
    names.push_back(entry->path().filename().string());
  }
  if (code) return failed("list", folder, code.value(), Access::Read);
  std::sort(names.begin(), names.end());
  return names;
}

Result<void> PosixFiles::makeFolders(const std::string& path) {
  std::error_code code;
  fs::create_directories(path, code);
  if (code) return failed("make the folder", path, code.value());
  return {};
}

Result<void> PosixFiles::remove(const std::string& path) {
  if (::unlink(path.c_str()) != 0) return failed("remove", path, errno);
  return {};
}

Result<void> PosixFiles::rename(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return failed("rename", from, errno);
  return {};
}

Result<void> PosixFiles::syncFolder(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return failed("open the folder", path, errno, Access::Read);
  const int status = ::fsync(descriptor);
  const int code = errno;
  ::close(descriptor);
  if (status != 0) return failed("sync the folder", path, code);
  return {};
}

}  // namespace weir::embedded
