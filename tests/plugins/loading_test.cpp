// What is loaded, what is refused, and what is said about it.
#include <filesystem>
#include <fstream>

#include <dlfcn.h>
#include <QtTest/QtTest>

#include "core/adapters/host/guard/trust.hpp"
#include "tests/plugins/fixtures.hpp"
#include "tests/program/test.hpp"
#include "weir/abi/plugin.h"
#include "weir/sdk/batch_builder.hpp"
#include "weir/testkit/operator_harness.hpp"

using namespace weir;  // NOLINT: a test

namespace {

// Why the host will not make this operator; empty when it does.
std::string refusal(const std::string& name, const std::string& use, host::HostOptions options = {}) {
  OneFixture one(name, std::move(options));
  runtime::InstanceSpec spec;
  spec.node = "n";
  spec.use = use;
  spec.params = "{}";
  const auto schemas = one.plugins->deriveSchemas(use, WEIR_STAGE_WHOLE, "{}", {});
  return schemas ? "" : schemas.error().message;
}

struct Copy {
  explicit Copy(const std::string& name) : folder(QDir::tempPath() + "/weir-trust-XXXXXX") {
    path = folder.path().toStdString() + "/copy.so";
    std::filesystem::copy_file(fixture(name), path);
    permit(path, 0644);
    permit(folder.path().toStdString(), 0755);
  }
  static void permit(const std::string& what, unsigned mode) {
    std::filesystem::permissions(what, static_cast<std::filesystem::perms>(mode));
  }
  std::string reason(const host::TrustPolicy& policy = {}) const {
    const auto opened = host::openTrusted(path, policy);
    return opened ? "" : opened.error().message;
  }
  QTemporaryDir folder;
  std::string path;
};

std::string version(int minor) {
  return std::to_string(WEIR_ABI_MAJOR) + "." + std::to_string(minor);
}

}  // namespace

class PluginLoadingTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void anotherMajorIsRefusedWithBothVersions() {
    const std::string text = refusal("wrong_major", "wrong_major.echo");
    QVERIFY(contains(text, "was built for plugin ABI 2.0; this Weir has " + version(WEIR_ABI_MINOR)));
    QVERIFY(contains(text, "Build it again"));
  }

  void aNewerMinorIsRefusedWithWhatToInstall() {
    const std::string text = refusal("newer_minor", "newer_minor.echo");
    QVERIFY(contains(
        text, "needs plugin ABI " + version(WEIR_ABI_MINOR + 1) + "; this Weir has only " + version(WEIR_ABI_MINOR)));
    QVERIFY(contains(text, "Install a newer Weir"));
  }

  void aPluginThatUsesOnlyWhatIsOldRunsOnAnOlderHost() {
    void* library = ::dlopen(fixture("good").c_str(), RTLD_NOW | RTLD_LOCAL);
    QVERIFY2(library != nullptr, ::dlerror());
    const auto* info = static_cast<const weir_plugin_info*>(::dlsym(library, WEIR_PLUGIN_SYMBOL));
    QCOMPARE(info->sdk_minor, static_cast<std::uint32_t>(WEIR_ABI_MINOR));
    QVERIFY(host::checkVersion(*info, "good.so", 1).ok());
    QVERIFY(!host::checkVersion(*info, "good.so", 0).ok());
  }

  void aLibraryWithoutTheSymbolIsNoPlugin() {
    QVERIFY(contains(refusal("symbol_missing", "symbol_missing.echo"), "does not export the symbol weir_plugin"));
  }

  void aLibraryThatIsNotItsManifestIsRefused() {
    QVERIFY(contains(refusal("mismatched", "mismatched.echo"), "it has an operator 'ohce' of its own"));
  }

  void anUnknownPluginIsNamedWithTheClosestOne() {
    QVERIFY(contains(refusal("good", "goood.echo"), "There is no plugin 'goood'"));
    QVERIFY(contains(refusal("good", "goood.echo"), "good"));
  }

  void anUnknownOperatorIsNamedWithTheClosestOne() {
    QVERIFY(contains(refusal("good", "good.ecko"), "has no operator 'ecko'"));
  }

  void whatOthersMayWriteToIsRefused() {
    const Copy copy("good");
    QCOMPARE(copy.reason(), std::string());
    Copy::permit(copy.path, 0664);
    QVERIFY(contains(copy.reason(), "Others may write to"));
    QVERIFY(contains(copy.reason(), "chmod go-w"));
  }

  void aFolderThatOthersMayWriteToIsRefused() {
    const Copy copy("good");
    Copy::permit(copy.folder.path().toStdString(), 0777);
    QVERIFY(contains(copy.reason(), "Others may write to the folder"));
    // The sticky bit helps above the plugin's own folder only: in it others could add plugins.
    Copy::permit(copy.folder.path().toStdString(), 01777);
    QVERIFY(contains(copy.reason(), "Others may write to the folder"));
  }

  void whatIsNoRegularFileIsRefused() {
    const Copy copy("good");
    std::filesystem::remove(copy.path);
    std::filesystem::create_directory(copy.path);
    QVERIFY(contains(copy.reason(), "not a regular file"));
  }

  void aLinkIsFollowedToWhatItStandsFor() {
    const Copy copy("good");
    const std::string link = copy.folder.path().toStdString() + "/link.so";
    std::filesystem::create_symlink(copy.path, link);
    const auto opened = host::openTrusted(link, {});
    QVERIFY(opened.ok());
    QCOMPARE(opened->path(), std::filesystem::canonical(copy.path).string());
  }

  void anAllowListAdmitsOnlyWhatItNames() {
    const Copy copy("good");
    const auto file = host::openTrusted(copy.path, {});
    QVERIFY(file.ok());
    const std::string hash = *host::sha256Of(file->descriptor());
    host::TrustPolicy policy;
    policy.allowed = *host::AllowList::parse("# ours\n" + hash + "  copy.so\n");
    QCOMPARE(copy.reason(policy), std::string());
    std::ofstream(copy.path, std::ios::app | std::ios::binary) << "x";
    QVERIFY(contains(copy.reason(policy), "not on the allow-list"));
  }

  void aHashedPluginIsLoadedFromTheFileThatWasHashed() {
    const auto file = host::openTrusted(fixture("good"), {});
    host::HostOptions options;
    options.trust.allowed = *host::AllowList::parse(*host::sha256Of(file->descriptor()));
    // It loads: what is wrong is only that echo has no derive_schema.
    QVERIFY(contains(refusal("good", "good.echo", options), "has no derive_schema"));
  }

  void aPluginThatWasReplacedSinceItWasFoundIsNotLoaded() {
    const Copy copy("good");
    host::FoundPlugins found = host::buildCatalog({copy.folder.path().toStdString()});
    std::filesystem::remove(copy.path);
    std::filesystem::copy_file(fixture("plain_c"), copy.path);
    Copy::permit(copy.path, 0644);
    NoLog log;
    const ManualClock clock;
    host::LoadedPlugins plugins(std::move(found.catalog), log, clock);
    const Result<void> loaded = plugins.load("good");
    QVERIFY(!loaded.ok());
    QVERIFY(contains(loaded.error().message, "has another manifest than when it was found"));
  }

  void aPluginThatChangesWhileItIsLoadedIsNotUsed_data() {
    QTest::addColumn<bool>("listed");
    QTest::newRow("by its path") << false;
    QTest::newRow("by an allow-list") << true;
  }
  void aPluginThatChangesWhileItIsLoadedIsNotUsed() {
    QFETCH(bool, listed);
    const Copy copy("restless");
    host::HostOptions options;
    const auto file = host::openTrusted(copy.path, {});
    if (listed) options.trust.allowed = *host::AllowList::parse(*host::sha256Of(file->descriptor()));
    host::FoundPlugins found = host::buildCatalog({copy.folder.path().toStdString()});
    NoLog log;
    const ManualClock clock;
    host::LoadedPlugins plugins(std::move(found.catalog), log, clock, options);
    const Result<void> loaded = plugins.load("restless");
    QVERIFY(!loaded.ok());
    QVERIFY(contains(loaded.error().message, "was changed while it was being loaded"));
  }

  void aFormatHasItsDefaultsAndWhatItRequires() {
    OneFixture one("hostile");
    const SchemaRef schema = makeSchema(Schema{{{"n", TypeId::Int64, false}}});
    const auto refused = [&](const char* params) {
      const auto format = one.plugins->createFormat("here", "hostile.marked", params, schema, nullptr);
      return format ? std::string() : format.error().message;
    };
    QVERIFY(contains(refused("{}"), "node 'here', format 'hostile.marked': The parameter 'mark' is missing."));
    QVERIFY(contains(refused(R"({"mark":"<","marks":1})"), "There is no parameter 'marks'."));
    auto format = one.plugins->createFormat("here", "hostile.marked", R"({"mark":"<"})", schema, nullptr);
    QVERIFY(format.ok());
    const auto encoded = (*format)->encode(BatchBuilder(schema).row(std::int64_t{7}).finish());
    QVERIFY(encoded.ok());
    QCOMPARE(std::string(reinterpret_cast<const char*>(encoded->data), encoded->offsets[1]), std::string("<7>"));
    const auto decoded = (*format)->decode("<8>\n<9>\n", nullptr, 0);
    QVERIFY(decoded.ok());
    QCOMPARE(decoded->batch.rowCount(), 2);
  }

  void anOperatorOpensAFormatWithTheParametersOfTheTopology() {
    testkit::Setup setup;
    setup.library = fixture("hostile");
    setup.op = "teller";
    setup.params = R"({"format":{"use":"hostile.marked","mark":"#"}})";
    setup.inputs = {"n int64 not null"};
    testkit::OperatorHarness harness(setup);
    harness.push("{\"n\":5}");
    QCOMPARE(harness.takeLog(), std::vector<std::string>{"info: told #5>"});
  }

  void aBrokenAllowListNamesItsLine() {
    const auto list = host::AllowList::parse("# fine\nabc  good.so\n");
    QVERIFY(!list.ok());
    QVERIFY(contains(list.error().message, "Line 2"));
  }

  void theCatalogKeepsRefusalsBesideWhatItFound() {
    const Copy copy("good");
    const std::string folder = copy.folder.path().toStdString();
    std::filesystem::copy_file(copy.path, folder + "/twin.so");
    std::ofstream(folder + "/text.so") << "not a library";
    Copy::permit(folder + "/twin.so", 0644);
    Copy::permit(folder + "/text.so", 0644);
    const host::FoundPlugins found = host::buildCatalog({folder});
    QCOMPARE(found.catalog.entries().size(), std::size_t{1});
    QCOMPARE(found.catalog.refused().size(), std::size_t{2});
    QVERIFY(contains(found.catalog.refused()[0].path, "text.so"));
    QVERIFY(contains(found.catalog.refused()[1].reason, "two plugins named 'good'"));
  }
};

WEIR_TEST(PluginLoadingTest)
#include "loading_test.moc"
