#!/usr/bin/env python3
"""Runs a command several times at once, and waits for all: at_once.py COUNT COMMAND..."""
import subprocess
import sys

started = [subprocess.Popen(sys.argv[2:], stdout=subprocess.DEVNULL) for _ in range(int(sys.argv[1]))]
sys.exit(max(process.wait() for process in started))
