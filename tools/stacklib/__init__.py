"""The local stores of Bordero: private PostgreSQL, Redis and RabbitMQ under .run/<name>/."""
