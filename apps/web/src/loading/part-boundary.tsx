"use client";

import { Component, type ReactNode } from "react";

interface PartBoundaryProps {
  children: ReactNode;
  /** What is drawn where the part cannot be. */
  fallback: (retry: () => void) => ReactNode;
}

/** Keeps what goes wrong in a part from the rest of the page. */
export class PartBoundary extends Component<PartBoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return this.props.fallback(() => this.setState({ failed: false }));
  }
}
