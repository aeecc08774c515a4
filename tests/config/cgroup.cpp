// SPDX-License-Identifier: MIT
#include "lanewise/config/cgroup.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

namespace fs = std::filesystem;

// A root directory with made-up /proc and /sys files.
class fake_root {
 public:
  fake_root() {
    std::string name = (fs::temp_directory_path() / "lanewise-cgroup-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    root_ = name;
  }
  fake_root(const fake_root&) = delete;
  fake_root& operator=(const fake_root&) = delete;
  ~fake_root() { fs::remove_all(root_); }

  fake_root& file(const std::string& path, const std::string& text) {
    fs::create_directories(fs::path(root_ + path).parent_path());
    std::ofstream(root_ + path) << text;
    return *this;
  }
  std::size_t limit() const { return lanewise::os::cgroup_cpu_limit(root_); }

 private:
  std::string root_;
};

constexpr const char* groups_file = "/proc/self/cgroup";
constexpr const char* mounts_file = "/proc/self/mountinfo";
constexpr const char* mount_2 = "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw\n";

}  // namespace

TEST_CASE("cgroup: no files, no limit") { CHECK(fake_root().limit() == 0); }

TEST_CASE("cgroup v2: quota over period, rounded up") {
  fake_root root;
  root.file(groups_file, "0::/user/job\n").file(mounts_file, mount_2);
  CHECK(root.limit() == 0);
  root.file("/sys/fs/cgroup/user/job/cpu.max", "max 100000\n");
  CHECK(root.limit() == 0);
  root.file("/sys/fs/cgroup/user/job/cpu.max", "400000 100000\n");
  CHECK(root.limit() == 4);
  root.file("/sys/fs/cgroup/user/job/cpu.max", "150000 100000\n");
  CHECK(root.limit() == 2);
  root.file("/sys/fs/cgroup/user/job/cpu.max", "1000 100000\n");
  CHECK(root.limit() == 1);
  root.file("/sys/fs/cgroup/user/job/cpu.max", "not a number\n");
  CHECK(root.limit() == 0);
}

TEST_CASE("cgroup v2: the smallest limit of all groups above") {
  fake_root root;
  root.file(groups_file, "0::/user/job\n").file(mounts_file, mount_2);
  root.file("/sys/fs/cgroup/user/job/cpu.max", "800000 100000\n");
  root.file("/sys/fs/cgroup/user/cpu.max", "300000 100000\n");
  CHECK(root.limit() == 3);
}

TEST_CASE("cgroup v2: inside a namespace") {
  fake_root root;
  root.file(groups_file, "0::/\n").file(mounts_file, mount_2);
  root.file("/sys/fs/cgroup/cpu.max", "200000 100000\n");
  CHECK(root.limit() == 2);
  root.file(groups_file, "0::/../../elsewhere\n");
  CHECK(root.limit() == 2);
}

TEST_CASE("cgroup v1: quota -1 is none; cpu may share its mount") {
  fake_root root;
  root.file(groups_file, "5:memory:/a\n4:cpu,cpuacct:/docker/abc\n3:cpuset:/b\n");
  root.file(mounts_file,
            "33 25 0:29 /docker/abc /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
            "34 25 0:30 /docker/abc /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n");
  const std::string directory = "/sys/fs/cgroup/cpu,cpuacct";
  root.file(directory + "/cpu.cfs_quota_us", "-1\n");
  root.file(directory + "/cpu.cfs_period_us", "100000\n");
  CHECK(root.limit() == 0);
  root.file(directory + "/cpu.cfs_quota_us", "250000\n");
  CHECK(root.limit() == 3);
}

TEST_CASE("cgroup: both versions, the smaller limit") {
  fake_root root;
  root.file(groups_file, "1:cpu:/\n0::/\n");
  root.file(mounts_file, std::string(mount_2) + "31 25 0:27 / /cpu rw - cgroup cgroup rw,cpu\n");
  root.file("/sys/fs/cgroup/cpu.max", "500000 100000\n");
  root.file("/cpu/cpu.cfs_quota_us", "700000\n").file("/cpu/cpu.cfs_period_us", "100000\n");
  CHECK(root.limit() == 5);
  root.file("/cpu/cpu.cfs_quota_us", "300000\n");
  CHECK(root.limit() == 3);
}
