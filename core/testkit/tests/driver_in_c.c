/* The driver as a program in C sees it. */
#include <string.h>

#include "weir/testkit/topology_driver.h"

/* 1 when the topology counts one row and closes its window at the end. */
int driverWorksInC(const char* topology) {
  weir_driver_setup setup;
  char error[256];
  int64_t rows = 0;
  memset(&setup, 0, sizeof(setup));
  setup.struct_size = sizeof(setup);
  setup.topology = topology;
  weir_driver* driver = weir_driver_open(&setup, error, sizeof(error));
  if (driver == NULL) return 0;
  const int good = weir_driver_send(driver, "orders", "{\"region\":\"eu\",\"ts\":1000}") && weir_driver_end(driver) &&
                   weir_driver_counter(driver, "per_minute", "rows_in", &rows) && rows == 1 &&
                   strlen(weir_driver_rows(driver, "result")) > 0 && !weir_driver_send(driver, "orders", "{}") &&
                   strlen(weir_driver_error(driver)) > 0;
  weir_driver_close(driver);
  return good;
}
