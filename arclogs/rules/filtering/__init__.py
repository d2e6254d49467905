"""Which records and events a rule may want: cheap tests that never miss one."""
