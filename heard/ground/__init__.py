"""The ground under the rooms: the database server, the processes, the data on disk."""
