"""What people are told of: in the app, by mail and by push, each as they wish."""
