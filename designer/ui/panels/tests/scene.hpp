// What the tests of the panels stand on: the catalog of our own plugins, topologies, and what the checks say.
#pragma once

#include <QString>
#include <memory>

#include "designer/model/document/document.hpp"
#include "designer/model/service/catalog_service.hpp"
#include "designer/model/service/problem_checker.hpp"

namespace weir::designer::test {

// All manifests in plugins/, read from their folders.
CatalogRef pluginCatalog();
// The same with one more plugin.
CatalogRef pluginCatalogAnd(const std::string& manifest);

topology::Topology topologyOf(const std::string& text);
topology::Topology shipped(const QString& name);  // "orders_per_minute_by_region"
// Has a wrong column, a wrong type, a wire to nowhere, a missing plugin, and no event time.
topology::Topology brokenTopology();

// What the plugins themselves would answer, as far as the tests need it.
Result<std::vector<Schema>> derive(const topology::DeriveRequest& request);
// As the checks say it when plugins are asked: windows and selected columns have schemas.
Checked check(const topology::Topology& topology, const CatalogRef& catalog);

// A file source with the columns, wires to what the tests put after it.
std::string sourceText(const std::string& columns, const std::string& more = {});

}  // namespace weir::designer::test
